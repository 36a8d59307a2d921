"""What 我的设备 calls a browser, from its User-Agent. Good enough to recognise one's own; nothing depends on it."""

SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("OpenHarmony", "鸿蒙手机"),
    ("HarmonyOS", "鸿蒙手机"),
    ("Android", "安卓手机"),
    ("Windows", "Windows 电脑"),
    ("Macintosh", "苹果电脑"),
    ("CrOS", "电脑"),
    ("Linux", "电脑"),
)
# Order matters: nearly every browser also calls itself Chrome and Safari.
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("HuaweiBrowser", "华为浏览器"),
    ("MiuiBrowser", "小米浏览器"),
    ("HeyTapBrowser", "OPPO 浏览器"),
    ("VivoBrowser", "vivo 浏览器"),
    ("MQQBrowser", "QQ 浏览器"),
    ("QQBrowser", "QQ 浏览器"),
    ("UCBrowser", "UC 浏览器"),
    ("Quark", "夸克"),
    ("SamsungBrowser", "三星浏览器"),
    ("Edg", "Edge"),
    ("FxiOS", "Firefox"),
    ("Firefox", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def device_label(user_agent: str) -> str:
    """安卓手机 · Chrome."""
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "其他设备")
    if system == "安卓手机" and "Mobile" not in user_agent:
        system = "安卓平板"
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "浏览器")
    return f"{system} · {browser}"

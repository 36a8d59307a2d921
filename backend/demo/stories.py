"""What the demo's teachers wrote in the last ten days, and the photos they took. Newest first."""

from dataclasses import dataclass

from backend.activities.models import Therapy

# Names stand for members of 阳光家园; elsewhere a member is known by a number in the list.
Person = str | int


@dataclass(frozen=True)
class Story:
    """`session`: the titles of the sessions it may tell of; none: it was written at noon.

    `photos`: by their names. `liked` and `said`: by the families of these members.
    """

    session: str
    therapy: Therapy
    text: str
    photos: str = ""
    liked: tuple[Person, ...] = ()
    said: tuple[tuple[Person, str], ...] = ()
    by: int = 0  # which of the Home's teachers


# The teacher has not said yet who is in it.
UNMARKED = "contest-3"
WORK, FARM, REHAB, TALK, CULTURE = Therapy.WORK, Therapy.FARM, Therapy.REHAB, Therapy.COUNSELING, Therapy.CULTURE
# 周小芳's family did not agree to other families: there is a group photo of the choir, and one alone at calligraphy.
SUNSHINE = (
    Story(
        "包装小夜灯",
        WORK,
        "今天的小夜灯都亮起来了！志强和建国一上午包好了两箱，一个都没有磕破。",
        "lamps-1 lamps-2 boxes-1",
        ("沈志强", "陆建国", "张美华", "许志明"),
        (("沈志强", "他昨晚就说今天要多包几个，辛苦老师了！"), ("陆建国", "灯真好看，在哪里能买到？")),
    ),
    Story(
        "晨间早操",
        REHAB,
        "太阳真好，早操大家都到院子里来做。跟着音乐伸一伸，一天有精神。",
        "exercise-1",
        ("沈志强", "何小红", "陈水根"),
        (("何小红", "小红举手举得真高！"),),
        by=1,
    ),
    Story(
        "采摘青菜",
        FARM,
        "今天的青菜大丰收，志强和建国两个人摘了两筐，中午食堂就吃它。萝卜和番茄也红了，明天再来。",
        "harvest-1 beds-1 harvest-2 beds-2 watering-1 harvest-3",
        ("沈志强", "陆建国", "张美华", "顾明华", "马丽萍"),
        (("沈志强", "辛苦老师了！"), ("顾明华", "在家从来不肯吃青菜，今天回来说要吃自己摘的。"), ("马丽萍", "晒黑了，人精神了。")),
    ),
    Story(
        "元旦节目：合唱",
        CULTURE,
        "元旦汇演第一次上台合练，大家记住了整首歌，声音越唱越响。",
        "choir-1 dance-1 dance-2",
        ("沈志强", "张美华", "俞春燕", "何小红"),
        (("张美华", "唱得真好，元旦我们全家都来看。"), ("沈志强", "志强在家也天天练。")),
        by=1,
    ),
    Story(
        "保健知识：秋冬护眼",
        TALK,
        "社区医院的徐医生来讲秋冬怎样护眼：看手机半小时，就看看窗外的树。大家记得很牢，回家请一起做。",
        "lecture-1 circle-1",
        ("朱文彬", "沈志强"),
        (("朱文彬", "谢谢徐医生，他回来就教我们做眼保健操。"),),
    ),
    Story(
        "书法绘画",
        CULTURE,
        "今天写春联上的字。一笔一画都很认真，写好的红纸挂在走廊里，欢迎家长来看。",
        "calligraphy-1 calligraphy-2 calligraphy-3",
        ("张美华", "周小芳", "沈志强"),
        (("周小芳", "字有进步，回家也肯写了，谢谢周老师。"),),
        by=1,
    ),
    Story(
        "公园散步",
        REHAB,
        "下午去南湖边走了走，杨柳还绿着。志愿者陪着一起，走累了就坐下来看船。",
        "walk-1 companions-1 walk-2",
        ("沈志强", "陈水根", "许志明", "俞春燕"),
        (("陈水根", "他很久没去湖边了，谢谢志愿者。"),),
    ),
    Story(
        "比一比：串珠",
        WORK,
        "比一比，赛一赛！串珠比赛大家都很拼，比上周多串了 20 件，第一名又换人了。",
        "contest-1 contest-2 boxes-2 contest-3",
        ("顾明华", "俞春燕"),
        (("俞春燕", "手上的珠串她一直戴着。"),),
    ),
    Story(
        "菜园浇水",
        FARM,
        "给菜园浇水，顺便把新苗移进小盆。轻轻拿、轻轻放，一棵也没有断。",
        "watering-2 seedlings-1",
        ("沈志强", "许志明"),
        by=1,
    ),
    Story(
        "",
        TALK,
        "午饭后的茶和棋。建国连赢三盘，志强说明天再来。",
        "tea-1 tea-2",
        ("陆建国", "沈志强"),
        (("陆建国", "他在家也要拉着我下。"), ("沈志强", "输了也高兴，哈哈。")),
    ),
    Story(
        "",
        REHAB,
        "供电所党支部的志愿者来了：理发、量血压，陪着一起种了一棵树，最后还唱了歌。说好下个月再来。",
        "haircut-1 clinic-1 party-day-1 applause-1",
        ("陆建国", "顾明华", "姚玉珍", "沈志强"),
        (("顾明华", "血压正常，放心了，谢谢志愿者。"), ("陆建国", "剃得真清爽！")),
    ),
    Story("", REHAB, "明天降温，请给大家多带一件外套，帽子和手套也带上。下午的散步改在院子里。", liked=("沈志强",), by=1),
    Story(
        "晨间早操",
        REHAB,
        "早操以后投了一会儿篮，进一个大家就一起拍手。",
        "ball-1 exercise-2",
        ("何小红", "陈水根"),
        (("何小红", "坐着也能投进，真棒！"),),
        by=1,
    ),
    Story(
        "书法绘画",
        CULTURE,
        "手工课做的彩纸龙舟快完工了，龙头是大家一起涂的颜色。",
        "paper-boat-1 paper-boat-2",
        ("沈志强", "张美华", "马丽萍"),
        (("马丽萍", "龙的眼睛是她画的吧？一看就知道。"),),
        by=1,
    ),
)


def _elsewhere(home: str) -> tuple[Story, ...]:
    return (
        Story(
            "包装小夜灯 比一比：串珠",
            WORK,
            "上午的活提前做完了，大家把桌子也擦得干干净净。",
            f"{home}-lamps {home}-boxes",
            (0, 3),
            ((0, "做得真好！"),),
        ),
        Story(
            "采摘青菜 菜园浇水",
            FARM,
            "菜园里的青菜长得好，今天每人带一把回家。",
            f"{home}-beds",
            (5, 9),
            ((9, "晚上就炒了吃，很鲜。"),),
        ),
        Story("公园散步 保健知识：秋冬护眼", REHAB, "下午一起出去走了走，晒晒太阳。", f"{home}-walk", (1, 2)),
    )


STORIES = {"阳光家园": SUNSHINE, "秋阳家园": _elsewhere("autumn"), "禾欣家园": _elsewhere("hexin")}

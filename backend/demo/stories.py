"""What the demo's teachers wrote in the last ten days, and the photos they took. Newest first."""

from dataclasses import dataclass

from backend.activities.models import Therapy
from backend.demo.pictures import Shot

# Names stand for members of 阳光家园; elsewhere a member is known by her number in the list.
Person = str | int


@dataclass(frozen=True)
class Take:
    """A photo. `told`: the teacher has said who is in it."""

    scene: str
    people: tuple[Person, ...] = ()
    seed: int = 0
    shape: str = "wide"
    told: bool = True

    def shot(self, names: dict[Person, str]) -> Shot:
        return Shot(self.scene, tuple(names[person] for person in self.people), self.seed, self.shape)


@dataclass(frozen=True)
class Story:
    """`session`: the titles of the sessions it may tell of; none: it was written at noon.

    `liked` and `said`: by the families of these members.
    """

    session: str
    therapy: Therapy
    text: str
    takes: tuple[Take, ...] = ()
    liked: tuple[Person, ...] = ()
    said: tuple[tuple[Person, str], ...] = ()
    by: int = 0  # which of the Home's teachers


def _take(scene: str, people: str = "", seed: int = 0, shape: str = "wide", *, told: bool = True) -> Take:
    return Take(scene, tuple(people.split()), seed, shape, told)


WORK, FARM, REHAB, TALK, CULTURE = Therapy.WORK, Therapy.FARM, Therapy.REHAB, Therapy.COUNSELING, Therapy.CULTURE
# 周小芳's family did not agree to other families: she is in the group photo of the choir and alone at her calligraphy.
SUNSHINE = (
    Story(
        "包装小夜灯",
        WORK,
        "今天的小夜灯都亮起来了！志强和建国一上午包好了两箱，一个都没有磕破。",
        (_take("lamps", "沈志强 陆建国", 1), _take("lamps", "张美华 朱文彬 俞春燕", 2), _take("boxes", "许志明 顾明华", 4)),
        ("沈志强", "陆建国", "张美华", "许志明"),
        (("沈志强", "他昨晚就说今天要多包几个，辛苦老师了！"), ("陆建国", "灯真好看，在哪里能买到？")),
    ),
    Story(
        "晨间早操",
        REHAB,
        "太阳真好，早操大家都到院子里来做。跟着音乐伸一伸，一天有精神。",
        (_take("exercise", "何小红 陆建国 周小芳 朱文彬 沈志强 张美华 许志明", 3),),
        ("沈志强", "何小红", "陈水根"),
        (("何小红", "小红举手举得真高！"),),
        by=1,
    ),
    Story(
        "采摘青菜",
        FARM,
        "今天的青菜大丰收，志强和建国两个人摘了两筐，中午食堂就吃它。萝卜和番茄也红了，明天再来。",
        (
            _take("harvest", "沈志强 陆建国", 1),
            _take("beds", "张美华 沈志强 朱文彬", 2),
            _take("harvest", "许志明 俞春燕 顾明华", 5),
            _take("beds", "姚玉珍 盛金荣", 4, "tall"),
            _take("watering", "马丽萍 蒋海峰", 3),
            _take("harvest", "", 6),
        ),
        ("沈志强", "陆建国", "张美华", "顾明华", "马丽萍"),
        (("沈志强", "辛苦老师了！"), ("顾明华", "在家从来不肯吃青菜，今天回来说要吃自己摘的。"), ("马丽萍", "晒黑了，人精神了。")),
    ),
    Story(
        "元旦节目：合唱",
        CULTURE,
        "元旦汇演第一次上台合练，大家记住了整首歌，声音越唱越响。",
        (
            _take("choir", "王丽娟 何小红 陈水根 周小芳 沈志强 张美华 陆建国 朱文彬 俞春燕", 1),
            _take("dance", "何小红 沈志强 许志明 张美华", 2),
            _take("dance", "俞春燕 姚玉珍", 5, "square"),
        ),
        ("沈志强", "张美华", "俞春燕", "何小红"),
        (("张美华", "唱得真好，元旦我们全家都来看。"), ("沈志强", "志强在家也天天练。")),
        by=1,
    ),
    Story(
        "保健知识：秋冬护眼",
        TALK,
        "社区医院的徐医生来讲秋冬怎样护眼：看手机半小时，就看看窗外的树。大家记得很牢，回家请一起做。",
        (_take("lecture", "朱文彬 张美华 顾明华", 2), _take("circle", "沈志强 何小红 许志明 姚玉珍", 1)),
        ("朱文彬", "沈志强"),
        (("朱文彬", "谢谢徐医生，他回来就教我们做眼保健操。"),),
    ),
    Story(
        "书法绘画",
        CULTURE,
        "今天写春联上的字。一笔一画都很认真，写好的红纸挂在走廊里，欢迎家长来看。",
        (
            _take("calligraphy", "沈志强 张美华 朱文彬", 1),
            _take("calligraphy", "周小芳", 3, "tall"),
            _take("calligraphy", "姚玉珍 马丽萍", 6),
        ),
        ("张美华", "周小芳", "沈志强"),
        (("周小芳", "字有进步，回家也肯写了，谢谢周老师。"),),
        by=1,
    ),
    Story(
        "公园散步",
        REHAB,
        "下午去南湖边走了走，杨柳还绿着。志愿者陪着一起，走累了就坐下来看船。",
        (
            _take("walk", "沈志强 陆建国 何小红", 2),
            _take("companions", "陈水根 许志明", 4),
            _take("walk", "张美华 俞春燕", 1, "tall"),
        ),
        ("沈志强", "陈水根", "许志明", "俞春燕"),
        (("陈水根", "爸爸很久没去湖边了，谢谢志愿者。"),),
    ),
    Story(
        "比一比：串珠",
        WORK,
        "比一比，赛一赛！串珠比赛大家都很拼，比上周多串了 20 件，第一名又换人了。",
        (
            _take("contest", "顾明华 许志明 张美华 俞春燕", 3),
            _take("contest", "沈志强 朱文彬", 7),
            _take("boxes", "盛金荣 蒋海峰 马丽萍", 2),
            _take("contest", "陆建国 何小红", 5, told=False),
        ),
        ("顾明华", "俞春燕"),
        (("俞春燕", "手上的珠串她一直戴着。"),),
    ),
    Story(
        "菜园浇水",
        FARM,
        "给菜园浇水，顺便把新苗移进小盆。轻轻拿、轻轻放，一棵也没有断。",
        (_take("watering", "沈志强 张美华", 1), _take("seedlings", "许志明 何小红 顾明华", 5)),
        ("沈志强", "许志明"),
        by=1,
    ),
    Story(
        "",
        TALK,
        "午饭后的茶和棋。建国连赢三盘，志强说明天再来。",
        (_take("tea", "沈志强 陆建国", 1), _take("tea", "朱文彬 潘伟民", 4, "square")),
        ("陆建国", "沈志强"),
        (("陆建国", "他在家也要拉着我下。"), ("沈志强", "输了也高兴，哈哈。")),
    ),
    Story("", REHAB, "明天降温，请给大家多带一件外套，帽子和手套也带上。下午的散步改在院子里。", liked=("沈志强",), by=1),
    Story(
        "晨间早操",
        REHAB,
        "早操以后投了一会儿篮，进一个大家就一起拍手。",
        (_take("ball", "何小红 陈水根 沈志强", 4), _take("exercise", "俞春燕 张美华 许志明 朱文彬 顾明华", 0)),
        ("何小红", "陈水根"),
        (("何小红", "坐着也能投进，真棒！"),),
        by=1,
    ),
    Story(
        "书法绘画",
        CULTURE,
        "手工课做的彩纸龙舟快完工了，龙头是大家一起涂的颜色。",
        (_take("paper_boat", "沈志强 陆建国 张美华", 0), _take("paper_boat", "姚玉珍 马丽萍", 3)),
        ("沈志强", "张美华", "马丽萍"),
        (("马丽萍", "龙的眼睛是她画的吧？一看就知道。"),),
        by=1,
    ),
)
ELSEWHERE = (
    Story(
        "包装小夜灯 比一比：串珠",
        WORK,
        "上午的活提前做完了，大家把桌子也擦得干干净净。",
        (Take("lamps", (0, 3), 11), Take("boxes", (4, 6, 8), 12)),
        (0, 3),
        ((0, "做得真好！"),),
    ),
    Story(
        "采摘青菜 菜园浇水",
        FARM,
        "菜园里的青菜长得好，今天每人带一把回家。",
        (Take("beds", (0, 5, 9), 13),),
        (5, 9),
        ((9, "晚上就炒了吃，很鲜。"),),
    ),
    Story("公园散步 保健知识：秋冬护眼", REHAB, "下午一起出去走了走，晒晒太阳。", (Take("walk", (1, 2, 7), 14),), (1, 2)),
)

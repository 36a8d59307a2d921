"""Believable names, the same at every start."""

from random import Random

SURNAMES = "沈陆王张徐朱钱周吴许何潘李陈金俞顾姚杨褚盛马蒋屠戴钟费高倪谢范汤曹鲁胡方"
MEN = (
    "国平 建国 志明 文彬 伟民 建华 永明 晓东 水根 阿根 明华 林根 金荣 海峰 跃进 卫东 "
    "勇军 庆生 春林 关荣 俊杰 浩 超 磊 佳伟 志伟 雪峰 国强 云飞 小龙"
).split()
WOMEN = (
    "丽娟 美华 秀英 小红 玉珍 凤英 雅琴 丽萍 春燕 阿妹 菊芳 彩娥 林妹 建英 月琴 慧芬 "
    "水英 晓燕 静 敏 婷婷 佳丽 文娟 云珍 雪梅 小兰 惠英 金妹 国芬 红霞"
).split()
MOTHERS = "秀珍 凤英 阿大 月仙 桂英 水珍 玉英 金宝 林英 彩英 杏英 引珍".split()
FATHERS = "建华 阿三 金水 根林 永泉 关林 福根 水林 顺荣 炳华 林生 长根".split()


class Names:
    """Draws names without repeating a member's full name."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - names of a demo, not secrets
        self._drawn: set[str] = set()

    def member(self) -> str:
        while True:
            name = self._random.choice(SURNAMES) + self._random.choice(self._random.choice((MEN, WOMEN)))
            if name not in self._drawn:
                self._drawn.add(name)
                return name

    def mother(self) -> str:
        return self._random.choice(SURNAMES) + self._random.choice(MOTHERS)

    def father(self, child: str) -> str:
        return child[0] + self._random.choice(FATHERS)

    def sibling(self, child: str) -> str:
        return child[0] + self._random.choice(self._random.choice((MEN, WOMEN)))

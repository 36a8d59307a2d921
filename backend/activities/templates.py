"""What a Home can begin to plan with."""

import datetime as dt
from dataclasses import dataclass

from backend.activities.models import Therapy


@dataclass(frozen=True)
class Template:
    therapy: str
    title: str
    place: str
    minutes: int
    starts_at: dt.time
    materials: str = ""
    note: str = ""


BUILT_IN = (
    Template(Therapy.REHAB, "广播体操", "院子", 20, dt.time(8, 40)),
    Template(Therapy.WORK, "串珠加工", "手工车间", 90, dt.time(9), "珠子、线、托盘"),
    Template(Therapy.WORK, "包装小夜灯", "手工车间", 90, dt.time(9), "纸盒、标签"),
    Template(Therapy.WORK, "比一比赛一赛", "手工车间", 60, dt.time(14), "计时器", "比谁做得又快又好"),
    Template(Therapy.FARM, "菜园浇水", "菜园", 45, dt.time(10), "水壶"),
    Template(Therapy.FARM, "采摘青菜", "菜园", 60, dt.time(10), "篮子、手套"),
    Template(Therapy.REHAB, "户外散步", "公园", 60, dt.time(14, 30), "", "穿舒服的鞋"),
    Template(Therapy.REHAB, "手指操", "活动室", 30, dt.time(13, 30)),
    Template(Therapy.COUNSELING, "保健知识", "活动室", 60, dt.time(13, 30)),
    Template(Therapy.COUNSELING, "心里话", "谈心室", 45, dt.time(14)),
    Template(Therapy.CULTURE, "合唱排练", "活动室", 60, dt.time(15), "歌谱"),
    Template(Therapy.CULTURE, "书法绘画", "活动室", 60, dt.time(15), "毛笔、宣纸"),
)

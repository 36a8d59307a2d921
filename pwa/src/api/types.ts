import type { components } from "./schema"

/** The shapes the pages speak of, as the back end describes them. */
type Schemas = components["schemas"]
export type Me = Schemas["Me"]
export type RelativeOf = Schemas["MyMember"]
export type Post = Schemas["MyPost"]
export type Member = Schemas["MemberCard"]
export type Avatar = Schemas["Avatar"]
export type Device = Schemas["DeviceOut"]
export type NoticeItem = Schemas["NoticeOut"]
export type Withheld = Schemas["Withheld"]
export type Board = Schemas["BoardOut"]
export type BoardMember = Schemas["BoardMember"]
export type Counts = Schemas["Counts"]
export type DayCard = Schemas["DayCard"]

import type { Comment, Person, Photo, Post } from "./moments"

/** For tests only: a feed of the Home 阳光家园, as the server tells it. */
export const sunshine = { id: 1, name: "阳光家园", phone: "0573-82000001", area: "" }
export const autumn = { id: 2, name: "秋阳家园", phone: "0573-86000001", area: "" }
export const zhiqiang = { id: 1, name: "沈志强", short_name: "志强", avatar: { text: "志", colour: 0, photo: null } }

export function photo(id: string, changes: Partial<Photo> = {}): Photo {
  const src = {
    "320": `/media/moments/${id}/clear-320.webp`,
    "1080": `/media/moments/${id}/clear-1080.webp`,
    "2048": `/media/moments/${id}/clear-2048.webp`,
  }
  return {
    id,
    status: "ready",
    refusal: "",
    marked: true,
    declined: null,
    width: 2048,
    height: 1536,
    preview: "data:image/webp;base64,AA",
    src,
    tags: [],
    ...changes,
  }
}

export const post = (id: string, changes: Partial<Post> = {}): Post => ({
  id,
  home: { id: 1, name: "阳光家园" },
  author: { title: "陆老师", avatar: { text: "陆", colour: 1, photo: null } },
  staff: false,
  text: "今天的青菜大丰收。",
  therapy: "farm",
  session: null,
  created_at: "2026-11-25T10:41:00+08:00",
  edited_at: null,
  photos: [],
  likes: { count: 0, mine: false, names: [] },
  comments: [],
  ...changes,
})

export const said = (id: string, changes: Partial<Comment> = {}): Comment => ({
  id,
  by: "志强妈妈",
  mine: false,
  staff: false,
  text: "辛苦老师了！",
  at: "2026-11-25T10:50:00+08:00",
  hidden: false,
  ...changes,
})

export const person = (id: number, name: string, changes: Partial<Person> = {}): Person => ({
  id,
  name,
  short_name: name.slice(1),
  avatar: { text: name.slice(1, 2), colour: id % 8, photo: null },
  present: true,
  allows: ["family", "home"],
  ...changes,
})

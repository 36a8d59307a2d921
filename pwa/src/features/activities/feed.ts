import { del, get, post } from "@/api/client"

export const ownFeed = () => get("/api/calendar/feed")
export const openFeed = async (): Promise<string> => (await post("/api/calendar/feed")).url
export const closeFeed = () => del("/api/calendar/feed")

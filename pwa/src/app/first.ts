import type { Role } from "@/api/session"

/** Where each begins: the first tab. The tabs themselves come after the first paint. */
export const FIRST: Record<Role, string> = {
  relative: "/messages",
  staff: "/door",
  officer: "/overview",
  volunteer: "/events",
}

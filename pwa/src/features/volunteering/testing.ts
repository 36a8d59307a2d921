import type { Afterwards } from "./afterwards/afterwards"
import type { HomeBalance, Quarter } from "./balance/balance"
import type { BookingCard } from "./bookings/bookings"
import type { Event, Profile, Shift } from "./events/events"
import { emptyPlan, planOf } from "./planning/plan"
import type { Plan } from "./planning/planning"
import type { Signup } from "./signups/signups"

/** For tests only: a Saturday's visit to 阳光家园, as the server tells it on the Wednesday before. */
export const NOW = Date.parse("2026-11-25T10:00:00+08:00")
export const at = (clock: string, day = "2026-11-28") => `${day}T${clock}:00+08:00`
const home = { id: 1, name: "阳光家园", address: "南湖区凌公塘路 18 号", phone: "0573-82000001" }

export const shift = (id: number, changes: Partial<Shift> = {}): Shift => ({
  id,
  title: "陪伴散步",
  starts_at: at("09:00"),
  ends_at: at("10:30"),
  capacity: 8,
  taken: 5,
  offered: 0,
  free: 3,
  waitlist: 0,
  skill: "",
  credential: "",
  minimum_age: 0,
  mine: null,
  collisions: [],
  ...changes,
})

/** All that its plan says: what is added to plans is in it, too. */
const said = planOf(
  {
    ...emptyPlan(),
    title: "周六义诊与陪伴日",
    kind: "clinic",
    therapy: "rehab",
    place: "院子里",
    times: { day: "2026-11-28", from: "09:00", to: "11:30" },
    bring: "平底鞋",
  },
  null,
) as Required<Plan>

export const event = (changes: Partial<Event> = {}): Event => ({
  ...said,
  id: "019a0000-0000-7000-8000-000000000001",
  home,
  starts_at: at("09:00"),
  ends_at: at("11:30"),
  picture: null,
  contact: { id: 5, title: "陆老师" },
  signup_closes_at: at("09:00"),
  cancel_until: at("09:00", "2026-11-27"),
  state: "open",
  reason: "",
  takes_names: true,
  capacity: 20,
  taken: 15,
  shifts: [shift(1)],
  visitors: [],
  individuals: 15,
  staff: false,
  ...changes,
})

export const signup = (changes: Partial<Signup> = {}): Signup => ({
  id: "019a0000-0000-7000-8000-000000000002",
  status: "confirmed",
  name: "徐明",
  companions: 0,
  organisation: "",
  booking: null,
  coming: false,
  created_at: at("09:00", "2026-11-20"),
  reason_needed: false,
  begun: false,
  position: null,
  explanation: "",
  offer: null,
  event: brief,
  shift: { id: 1, title: "陪伴散步", starts_at: at("09:00"), ends_at: at("10:30") },
  ...changes,
})

const brief: Signup["event"] = {
  id: "019a0000-0000-7000-8000-000000000001",
  home,
  title: "周六义诊与陪伴日",
  kind: "clinic",
  place: "院子里",
  starts_at: at("09:00"),
  ends_at: at("11:30"),
  bring: "平底鞋",
  cancel_until: at("09:00", "2026-11-27"),
  cancelled: false,
  reason: "",
}

export const booking = (changes: Partial<BookingCard> = {}): BookingCard => ({
  id: "019a0000-0000-7000-8000-000000000003",
  organisation: { id: 9, name: "供电所党支部", kind: "party", verified: true },
  event: brief,
  shift: { id: 1, title: "陪伴散步", starts_at: at("09:00"), ends_at: at("10:30") },
  status: "held",
  places: 5,
  minimum: 3,
  held: 5,
  named: 3,
  names_due_at: at("18:00", "2026-11-26"),
  created_at: at("09:00", "2026-11-20"),
  position: null,
  explanation: "",
  offer: null,
  ...changes,
})

export const profile = (changes: Partial<Profile> = {}): Profile => ({
  name: "徐明",
  age_group: "adult",
  skills: [],
  agreed_at: at("09:00", "2026-11-01"),
  credentials: [],
  ...changes,
})

export const afterwards = (changes: Partial<Afterwards> = {}): Afterwards => ({
  event: event().id,
  title: "周六义诊与陪伴日",
  home: { id: 1, name: "阳光家园" },
  starts_at: at("09:00", "2026-11-21"),
  ends_at: at("11:30", "2026-11-21"),
  cancelled: false,
  staff: false,
  expected: false,
  came: 3,
  minutes: 348,
  thanks: null,
  liked: 0,
  disliked: 0,
  feedback: [],
  ...changes,
})

export const quarter = (year: number, number: number, visits = 0, organisation = "供电所党支部"): Quarter => ({
  year,
  quarter: number,
  visits,
  people: 3 * visits,
  minutes: 360 * visits,
  organisations: visits ? [{ organisation, visits }] : [],
})

/** Visits in the last four quarters, the present one at the end. */
export const balance = (
  name: string,
  visits: [number, number, number, number],
  changes: Partial<HomeBalance> = {},
) => ({
  id: name.length,
  name,
  area: "南湖区",
  last: null,
  next: null,
  quarters: [2025, 2026, 2026, 2026].map((year, index) => quarter(year, index || 4, visits[index])),
  ...changes,
})

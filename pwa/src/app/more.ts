import { more as account } from "@/features/account/more"
import { more as activities } from "@/features/activities/more"
import { routes as certificates } from "@/features/certificates/routes"
import { more as consent } from "@/features/consent/more"
import { more as keepsakes } from "@/features/keepsakes/more"
import { more as moments } from "@/features/moments/more"
import { routes as notices } from "@/features/notices/routes"
import { more as officer } from "@/features/officer/more"
import { routes as people } from "@/features/people/routes"
import { more as volunteering } from "@/features/volunteering/more"

/** Pages that are nobody's first screen. Here they weigh on none. */
export const more = [
  ...account,
  ...activities,
  ...certificates,
  ...consent,
  ...keepsakes,
  ...moments,
  ...notices,
  ...officer,
  ...people,
  ...volunteering,
]

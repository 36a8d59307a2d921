import { rest as account } from "@/features/account/routes"
import { rest as activities } from "@/features/activities/routes"
import { rest as archive } from "@/features/archive/routes"
import { rest as certificates } from "@/features/certificates/routes"
import { rest as consent } from "@/features/consent/routes"
import { rest as moments } from "@/features/moments/routes"
import { rest as notices } from "@/features/notices/routes"
import { rest as officer } from "@/features/officer/routes"
import { rest as people } from "@/features/people/routes"
import { rest as volunteering } from "@/features/volunteering/routes"

/**
 * Pages that are nobody's first screen. The bundler keeps a module in one piece: beside the first ones, in one file,
 * they would weigh 4 kB on every first screen.
 */
export const rest = [
  ...account,
  ...activities,
  ...archive,
  ...certificates,
  ...consent,
  ...moments,
  ...notices,
  ...officer,
  ...people,
  ...volunteering,
]

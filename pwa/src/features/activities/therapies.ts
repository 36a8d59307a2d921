export { coloursOf, THERAPIES, type Therapy, therapyOf } from "@/api/therapies"

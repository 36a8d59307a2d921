import { cachedBy } from "@/api/cache"
import { del, get, post, put } from "@/api/client"
import type { components } from "@/api/schema"
import { uuid7 } from "@/api/uuid7"

type Schemas = components["schemas"]
export type Wish = Schemas["WishOut"]
export type Proposal = Schemas["ProposalOut"]

/** Of one Home, or ("all") of every. */
export const wishesOf = cachedBy("wishes", (home: number | "all") =>
  get("/api/wishes", { query: home === "all" ? {} : { home } }),
)
const proposals = cachedBy("proposals", (_all: "mine") => get("/api/proposals"))
export const proposalsOf = () => proposals("mine")

const anew = () => Promise.all([wishesOf("all").refresh(), proposalsOf().refresh()])

export async function claim(wish: Wish, organisation: number, suggestion: string): Promise<void> {
  await put("/api/wishes/{wish_id}/claim", { path: { wish_id: wish.id }, body: { organisation, suggestion } })
  await anew()
}

export async function giveBack(wish: Wish): Promise<void> {
  await del("/api/wishes/{wish_id}/claim", { path: { wish_id: wish.id } })
  await anew()
}

export async function propose(form: Omit<Schemas["ProposalIn"], "id">, id = uuid7()): Promise<void> {
  await post("/api/proposals", { body: { id, ...form } })
  await anew()
}

export async function agree(proposal: Proposal): Promise<void> {
  await post("/api/proposals/{proposal_id}/agreement", { path: { proposal_id: proposal.id } })
  await anew()
}

export async function withdraw(proposal: Proposal): Promise<void> {
  await del("/api/proposals/{proposal_id}", { path: { proposal_id: proposal.id } })
  await anew()
}

// -- by the Home --------------------------------------------------------------------------------------
export async function wish(home: number, form: Omit<Schemas["WishIn"], "id" | "home">, id = uuid7()): Promise<void> {
  await post("/api/wishes", { body: { id, home, ...form } })
  await wishesOf(home).refresh()
}

export async function withdrawWish(one: Wish): Promise<void> {
  await del("/api/wishes/{wish_id}", { path: { wish_id: one.id } })
  await wishesOf(one.home.id).refresh()
}

/** Answers the event that it becomes. */
export async function fixWish(one: Wish, times: Schemas["TimesIn"]): Promise<string> {
  const made = await post("/api/wishes/{wish_id}/date", { path: { wish_id: one.id }, body: times })
  await wishesOf(one.home.id).refresh()
  return made.id
}

export async function answerProposal(one: Proposal, body: Schemas["AnswerIn"]): Promise<void> {
  await post("/api/proposals/{proposal_id}/answer", { path: { proposal_id: one.id }, body })
  await anew()
}

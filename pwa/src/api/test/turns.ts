/** Turns of the event loop, not time: what the device keeps takes one a step, however busy the machine is. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((done) => setImmediate(done))
}

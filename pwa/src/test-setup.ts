import "fake-indexeddb/auto"

// What Vue warns of is a fault: a test that causes it fails.
Object.assign(console, {
  warn: (...words: unknown[]) => {
    throw new Error(words.map(String).join(" "))
  },
})

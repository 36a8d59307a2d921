/** IndexedDB with promises, in as few lines as the first route can afford. */

export function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/** Resolves when it is on disk. */
export function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = transaction.onerror = () => reject(transaction.error)
  })
}

/** One shared connection, opened when first needed and again when the browser took it away. */
export function database(name: string, version: number, create: (db: IDBDatabase) => void): () => Promise<IDBDatabase> {
  let opened: Promise<IDBDatabase> | null = null
  const gone = () => {
    opened = null
  }
  const open = async () => {
    const request = indexedDB.open(name, version)
    request.onupgradeneeded = () => create(request.result)
    const db = await asked(request)
    db.onclose = gone
    // A newer version of the app in another tab must not wait for this one.
    db.onversionchange = () => {
      db.close()
      gone()
    }
    return db
  }
  return () => {
    opened ??= open().catch((error: unknown) => {
      gone()
      throw error
    })
    return opened
  }
}

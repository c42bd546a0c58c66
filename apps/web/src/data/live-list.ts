/** How lists that were read follow what happens to their things, without being read anew where that is not needed. */

export interface Thing {
  readonly id: string
  readonly deleted?: true
  /** Of clips: an answer to an edit may be newer than an event that was under way. */
  readonly version?: number
  /** Of clips: what is no edit, such as a pick, leaves the version as it is. */
  readonly updatedAt?: string
  readonly createdAt?: string
  /** Of jobs. */
  readonly state?: string
  readonly waitsFor?: string | null
  readonly waitsForJobId?: string | null
  readonly retryAt?: string | null
}

interface Page {
  readonly items: readonly Thing[]
  readonly nextCursor?: string | null
}
/** A list that was read whole, or page by page; newest first. */
export type List = Page | { readonly pages: readonly Page[]; readonly pageParams: unknown }

export function isOlder(thing: Thing, known: Thing | undefined): boolean {
  if (thing.version === undefined || known?.version === undefined) return false
  if (thing.version !== known.version) return thing.version < known.version
  return thing.updatedAt !== undefined && known.updatedAt !== undefined && thing.updatedAt < known.updatedAt
}

/** What an event does not say of a job is kept as long as the job stays as it is: why it waits. */
export function withReason(thing: Thing, old: Thing | undefined): Thing {
  if (old === undefined || thing.waitsFor !== null || thing.state !== old.state) return thing
  const { waitsFor = null, waitsForJobId = null, retryAt = null } = old
  return { ...thing, waitsFor, waitsForJobId, retryAt }
}

/** Whether a thing belongs to a list with this filter; `null` where the thing does not tell. */
function belongs(filter: unknown, thing: Thing): boolean | null {
  if (typeof filter !== 'object' || filter === null) return filter === undefined ? true : null
  let known = true
  for (const [name, wanted] of Object.entries(filter)) {
    if (wanted === undefined) continue
    if (!(name in thing)) known = false
    else if (String(thing[name as keyof Thing]) !== String(wanted)) return false
  }
  return known || null
}

/**
 * The list with the thing as it is now: changed where it stands, gone where it was deleted or belongs there no more, first where it is the newest.
 * `'unsure'` where only reading the list anew can tell.
 */
export function takeInto<T extends List>(list: T, filter: unknown, thing: Thing): T | 'unsure' {
  const pages: readonly Page[] = 'pages' in list ? list.pages : [list]
  if (!pages.every(({ items }) => Array.isArray(items))) return 'unsure'
  const rebuilt = (changed: readonly Page[]): T =>
    ('pages' in list ? { ...list, pages: changed } : { ...list, ...changed[0] }) as T
  const there = pages.findIndex(({ items }) => items.some(({ id }) => id === thing.id))
  const fits = thing.deleted ? false : belongs(filter, thing)
  const page = pages[there]
  if (page !== undefined) {
    const index = page.items.findIndex(({ id }) => id === thing.id)
    const old = page.items[index]
    if (fits !== false && isOlder(thing, old)) return list
    const items =
      fits === false ? page.items.toSpliced(index, 1) : page.items.with(index, withReason(thing, old))
    return rebuilt(pages.with(there, { ...page, items }))
  }
  if (fits === false) return list
  const [first] = pages
  const last = pages.at(-1)
  const made = thing.createdAt
  if (first === undefined || last === undefined || made === undefined) return 'unsure'
  // It stands on a page that was not read yet.
  const oldest = last.items.at(-1)?.createdAt
  if (last.nextCursor && oldest !== undefined && made < oldest) return list
  const newest = first.items[0]?.createdAt
  if (fits === null || (newest !== undefined && made <= newest)) return 'unsure'
  return rebuilt(pages.with(0, { ...first, items: [thing, ...first.items] }))
}

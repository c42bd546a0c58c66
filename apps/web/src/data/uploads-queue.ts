import { ApiError, inWords } from '../api/problem.ts'
import { hasEnded, isMoving, SpeedMeter, sameFile, type Upload } from './uploads.ts'
import { ANOTHER_FILE, type Entry, FILE_GONE, isReadable, newEntry, shown } from './uploads-entry.ts'
import { type Brought, type Found, type Notice, sortOut } from './uploads-files.ts'
import { forget, hold, keep, keepHandle, keptHandle, onOthers } from './uploads-kept.ts'
import { type BrokenOff, giveUp, resultOf, sendFile } from './uploads-send.ts'
import { stoppedOf } from './uploads-stopped.ts'

/** Files of a profile that are sent at once. */
const AT_ONCE = 3
/** Pages are told of progress so often. */
const TELL_MS = 200
/** And at least so often while files are sent. */
const TICK_MS = 1000
/** A lost connection is tried again after this long, and longer each time. */
const FIRST_RETRY_MS = 1000
const LONGEST_RETRY_MS = 15_000

export interface QueueView {
  readonly uploads: readonly Upload[]
  /** Bytes per second; `null` where nothing is sent, or it is not known yet. */
  readonly speed: number | null
  /** What was brought last and not taken in; `null` where there is nothing to say of it. */
  readonly notice: Notice | null
}

/** The uploads of one profile. It outlives pages: they go on while other pages, and other profiles, are shown. */
export class UploadQueue {
  readonly #profileId: string
  readonly #entries = new Map<string, Entry>()
  readonly #listeners = new Set<() => void>()
  readonly #meter = new SpeedMeter()
  #view: QueueView = { uploads: [], speed: null, notice: null }
  #notice: Notice | null = null
  #tick: ReturnType<typeof setTimeout> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(profileId: string) {
    this.#profileId = profileId
    void this.#findStopped()
    onOthers(profileId, () => void this.#findStopped())
    addEventListener('online', () => {
      for (const entry of this.#entries.values()) if (entry.state === 'stalled') this.#queue(entry)
    })
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly view = (): QueueView => this.#view

  get isMoving(): boolean {
    return this.#view.uploads.some(isMoving)
  }

  /** Takes recordings in; those that were begun before go on where they stopped. */
  add(found: Found): void {
    const { recordings, notice } = sortOut(found)
    this.#notice = notice
    this.#tell()
    for (const one of recordings) {
      const { name, size } = one.file
      const entry = this.#find(one.file) ?? newEntry(name, size)
      if (entry.brought !== null && !hasEnded(entry)) continue
      this.#entries.set(entry.id, entry)
      this.#give(entry, one)
    }
  }

  /** Goes on with an upload of a former page with its file, which must be the same. */
  reopen(id: string, one: Brought): void {
    const entry = this.#entries.get(id)
    if (!entry?.kept) return
    if (sameFile(entry.kept, one.file)) this.#give(entry, one)
    else this.#set(entry, { problem: ANOTHER_FILE })
  }

  /** The same where the browser can open the file by itself, once the person allows it. To be called within a click. */
  async reopenKept(id: string): Promise<void> {
    const entry = this.#entries.get(id)
    if (!entry?.kept) return
    const handle = await keptHandle(this.#profileId, id)
    if (handle === undefined || (await handle.requestPermission()) !== 'granted') return
    try {
      this.reopen(id, { file: await handle.getFile(), handle })
    } catch {
      this.#set(entry, { problem: FILE_GONE, reopens: false })
    }
  }

  pause(id: string): void {
    const entry = this.#entries.get(id)
    if (!entry || !isMoving(entry) || entry.state === 'checking') return
    entry.stop()
    this.#meter.reset()
    this.#set(entry, { state: 'paused' })
    this.#pump()
  }

  resume(id: string): void {
    const entry = this.#entries.get(id)
    if (entry && (entry.state === 'paused' || entry.state === 'stalled' || entry.state === 'failed'))
      this.#queue(entry)
  }

  /** Gives an upload up, or takes one that ended off the list. */
  remove(id: string): void {
    const entry = this.#entries.get(id)
    if (!entry) return
    entry.stop()
    this.#entries.delete(id)
    if (entry.kept?.uploadId) void giveUp(this.#profileId, entry.kept.uploadId)
    this.#letGo(entry)
    this.#tell()
    this.#pump()
  }

  /** Takes those that ended off the list, and what was said of files that were left out. */
  clear(): void {
    this.dismissNotice()
    for (const entry of [...this.#entries.values()]) if (hasEnded(entry)) this.remove(entry.id)
  }

  dismissNotice(): void {
    this.#notice = null
    this.#tell()
  }

  #find(file: File): Entry | undefined {
    return [...this.#entries.values()].find(({ brought, kept, state }) => {
      const mark = brought?.file ?? kept
      return mark !== null && mark !== undefined && state !== 'done' && sameFile(mark, file)
    })
  }

  #give(entry: Entry, brought: Brought): void {
    entry.brought = brought
    if (!entry.kept?.uploadId) entry.sentBytes = 0
    this.#queue(entry)
  }

  /** Remembers an upload beyond this page. */
  #keep(entry: Entry, { file, handle }: Brought, uploadId: string | null): void {
    const { id } = entry
    entry.release ??= hold(this.#profileId, id)
    const { name, size, lastModified } = file
    entry.kept = { uploadId, name, size, lastModified }
    keep(this.#profileId, id, entry.kept)
    if (handle !== null) void keepHandle(this.#profileId, id, handle).catch(() => undefined)
  }

  #queue(entry: Entry): void {
    entry.stop()
    if (entry.brought !== null) this.#keep(entry, entry.brought, entry.kept?.uploadId ?? null)
    this.#set(entry, { state: 'queued', problem: null })
    this.#pump()
  }

  #pump(): void {
    const all = [...this.#entries.values()]
    const free = AT_ONCE - all.filter(({ state }) => state === 'sending' || state === 'checking').length
    const next = all.filter(({ state }) => state === 'queued').slice(0, Math.max(0, free))
    for (const entry of next) this.#send(entry)
  }

  #send(entry: Entry): void {
    const { brought } = entry
    if (brought === null) return
    this.#set(entry, { state: 'sending' })
    // What an earlier try sent was not sent just now.
    let isFirst = true
    entry.stop = sendFile({
      profileId: this.#profileId,
      file: brought.file,
      uploadId: entry.kept?.uploadId ?? null,
      onBegun: (uploadId) => this.#begun(entry, brought, uploadId),
      onProgress: (sentBytes) => {
        if (!isFirst) {
          this.#meter.add(Math.max(0, sentBytes - entry.sentBytes), performance.now())
          entry.tries = 0
        }
        isFirst = false
        entry.sentBytes = sentBytes
        this.#tellSoon()
      },
      onSent: (uploadId) => void this.#finish(entry, uploadId),
      onBroken: (broken) => void this.#broken(entry, broken),
    })
  }

  #begun(entry: Entry, brought: Brought, uploadId: string): void {
    if (!this.#entries.has(entry.id)) void giveUp(this.#profileId, uploadId)
    else if (entry.kept?.uploadId !== uploadId) this.#keep(entry, brought, uploadId)
  }

  async #finish(entry: Entry, uploadId: string): Promise<void> {
    this.#set(entry, { state: 'checking', sentBytes: entry.sizeBytes })
    try {
      const { upload, isKnown } = await resultOf(this.#profileId, uploadId)
      const { problem, sourceId } = upload
      if (problem === null) this.#set(entry, { state: isKnown ? 'known' : 'done', sourceId })
      else this.#set(entry, { state: 'refused', problem: inWords(ApiError.ofProblem(problem)), sourceId })
      this.#letGo(entry)
    } catch (error) {
      this.#set(entry, { state: 'failed', problem: inWords(error) })
    }
    this.#pump()
  }

  async #broken(entry: Entry, { kind, error, waitMs: askedMs }: BrokenOff): Promise<void> {
    this.#meter.reset()
    if (kind === 'gone') {
      this.#letGo(entry)
      entry.sentBytes = 0
      this.#queue(entry)
      return
    }
    if (kind === 'refused' || kind === 'unloaded') {
      // A later page could not do more about what was never begun.
      if (kind === 'refused' && !entry.kept?.uploadId) this.#letGo(entry)
      this.#set(entry, { state: 'failed', problem: inWords(error) })
      this.#pump()
      return
    }
    if (!(await isReadable(entry.brought?.file))) {
      this.#set(entry, { state: 'failed', problem: FILE_GONE })
      this.#pump()
      return
    }
    // Paused or taken off the list while the file was looked at.
    if (entry.state !== 'sending') return
    const waitMs = Math.max(askedMs, Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** entry.tries))
    entry.tries++
    this.#set(entry, { state: 'stalled', problem: error.code === 'unreachable' ? null : inWords(error) })
    const timer = setTimeout(() => this.#queue(entry), waitMs)
    entry.stop = () => clearTimeout(timer)
    this.#pump()
  }

  #letGo(entry: Entry): void {
    if (entry.kept) forget(this.#profileId, entry.id)
    entry.kept = null
    entry.release?.()
    entry.release = null
  }

  /** Lists what pages that are gone have taken in and not ended. */
  async #findStopped(): Promise<void> {
    const found = await stoppedOf(this.#profileId)
    const entries = [...this.#entries.values()]
    for (const { id, state } of entries)
      if (state === 'stopped' && !found.some((stopped) => stopped.id === id)) this.#entries.delete(id)
    for (const { id, kept, sentBytes, handle, isAllowed } of found) {
      if (this.#entries.has(id)) continue
      const reopens = handle !== undefined
      const entry = newEntry(kept.name, kept.size, { id, kept, sentBytes, state: 'stopped', reopens })
      this.#entries.set(entry.id, entry)
      if (isAllowed) void this.reopenKept(entry.id)
    }
    this.#tell()
  }

  #set(
    entry: Entry,
    changes: Partial<Pick<Entry, 'state' | 'problem' | 'sentBytes' | 'sourceId' | 'reopens'>>,
  ) {
    Object.assign(entry, changes)
    this.#tell()
  }

  #tellSoon(): void {
    this.#timer ??= setTimeout(() => this.#tell(), TELL_MS)
  }

  #tell(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const uploads = [...this.#entries.values()].map(shown)
    const isSending = uploads.some(({ state }) => state === 'sending')
    const speed = isSending ? this.#meter.speed(performance.now()) : null
    this.#view = { uploads, speed, notice: this.#notice }
    // A line that hangs tells of nothing: its speed falls all the same.
    clearTimeout(this.#tick)
    if (isSending) this.#tick = setTimeout(() => this.#tell(), TICK_MS)
    for (const listener of this.#listeners) listener()
  }
}

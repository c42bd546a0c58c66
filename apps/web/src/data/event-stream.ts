import { createStore } from '../store.ts'

/** A stream that is not back by then is told of: a blink is not. */
const LOST_MS = 2500
/** The server gives a sign of life each 15 seconds. A connection that is silent for longer is dead, and may not say so for minutes. */
const SILENT_MS = 45_000
const BEAT_MS = 5000
/** A browser has few connections for all of its tabs: one that nobody looks at gives its own back after so long. */
const HIDDEN_MS = 10_000

type Connection = 'live' | 'lost'
const connection = createStore<Connection>('live')
/** Whether the page hears of changes. */
export const useConnection = connection.use

interface Following {
  /** What is done with the data of an event, by its type. */
  readonly on: Readonly<Record<string, (data: string) => void>>
  /** The stream is there again, and does not know what was missed. */
  readonly onBack: () => void
  /** The server refuses it. */
  readonly onRefused: () => void
}

/** Follows a stream of events until the returned function is called: it is opened anew whenever it was lost, silent, or nobody looked. */
export function followStream(url: string, { on, onBack, onRefused }: Following): () => void {
  let stream: EventSource | null = null
  let lostTimer: ReturnType<typeof setTimeout> | undefined
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let hiddenTimer: ReturnType<typeof setTimeout> | undefined
  let wasLost = false
  let heardAt = 0

  const lost = () => {
    wasLost = true
    lostTimer ??= setTimeout(() => connection.set('lost'), LOST_MS)
  }
  const found = () => {
    heardAt = Date.now()
    clearTimeout(lostTimer)
    lostTimer = undefined
    connection.set('live')
    if (!wasLost) return
    wasLost = false
    onBack()
  }
  function open(): void {
    const opened = new EventSource(url)
    stream = opened
    heardAt = Date.now()
    opened.addEventListener('open', found)
    opened.addEventListener('error', () => {
      lost()
      if (opened.readyState !== EventSource.CLOSED) return
      // A browser gives up for good on an answer that is none of a stream, such as that of a proxy whose server restarts, or where nobody
      // may listen any more.
      retryTimer = setTimeout(openAnew, LOST_MS)
      onRefused()
    })
    // A sign of life, and nothing more.
    const takers: Following['on'] = { quiet: () => {}, ...on }
    for (const [type, take] of Object.entries(takers))
      opened.addEventListener(type, ({ data }: MessageEvent<string>) => {
        heardAt = Date.now()
        take(data)
      })
  }
  function close(): void {
    clearTimeout(retryTimer)
    stream?.close()
    stream = null
  }
  function rest(): void {
    close()
    clearTimeout(lostTimer)
    lostTimer = undefined
  }
  function openAnew(): void {
    close()
    lost()
    open()
  }
  const look = () => {
    clearTimeout(hiddenTimer)
    if (document.hidden) hiddenTimer = setTimeout(rest, HIDDEN_MS)
    else if (stream === null) openAnew()
  }
  // A machine that was asleep was silent as well.
  const beat = setInterval(() => {
    if (stream !== null && Date.now() - heardAt > SILENT_MS) openAnew()
  }, BEAT_MS)
  const online = () => {
    if (stream !== null) openAnew()
  }
  open()
  look()
  addEventListener('online', online)
  document.addEventListener('visibilitychange', look)
  return () => {
    removeEventListener('online', online)
    document.removeEventListener('visibilitychange', look)
    clearInterval(beat)
    clearTimeout(hiddenTimer)
    rest()
    connection.set('live')
  }
}

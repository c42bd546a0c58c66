import type { JobEvent, OnEvent } from '@cutroom/contracts'
import { MultiBar, type SingleBar } from 'cli-progress'

/** Shows the events of a job; `close` gives the terminal back. */
export interface Reporter {
  readonly report: OnEvent
  close(): void
}

export interface ReporterOptions {
  readonly json: boolean
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
}

/** JSON lines where asked for, bars on a terminal, else a line per stage. */
export function chooseReporter(options: ReporterOptions): Reporter {
  if (options.json) {
    return { report: (event) => options.stdout.write(`${JSON.stringify(event)}\n`), close: () => undefined }
  }
  return options.stderr.isTTY ? barReporter(options.stderr) : lineReporter(options.stderr)
}

type Started = Extract<JobEvent, { type: 'stage-started' }>

const titleOf = ({ profile, stage, subject }: Started): string => `${profile} · ${stage} ${subject}`

const outcome = (event: Extract<JobEvent, { type: 'stage-done' }>): string => {
  const time = event.found ? 'found' : `${event.seconds.toFixed(1)} s`
  return event.detail ? `${time}  ${event.detail}` : time
}

/** A line when a stage has ended: for files, pipes and services. */
function lineReporter(stream: NodeJS.WriteStream): Reporter {
  const running = new Map<number, Started>()
  const report = (event: JobEvent) => {
    if (event.type === 'note') stream.write(`${event.profile} · note: ${event.message}\n`)
    if (event.type === 'stage-started') running.set(event.id, event)
    if (event.type !== 'stage-done' && event.type !== 'stage-failed') return
    const started = running.get(event.id)
    running.delete(event.id)
    const end = event.type === 'stage-done' ? outcome(event) : 'failed'
    if (started) stream.write(`${titleOf(started)}: ${end}\n`)
  }
  return { report, close: () => undefined }
}

/** A bar per running stage; ended stages leave a line above the bars. */
function barReporter(stream: NodeJS.WriteStream): Reporter {
  const width = () => stream.columns || 80
  const bars = new MultiBar(
    {
      stream,
      clearOnComplete: true,
      hideCursor: true,
      fps: 8,
      barsize: Math.max(10, Math.min(30, width() - 60)),
      barCompleteChar: '█',
      barIncompleteChar: '░',
      format: '{title} {bar} {percentage}%  {speed}  {left}',
      linewrap: false,
      gracefulExit: false,
    },
    undefined,
  )
  const running = new Map<number, { started: Started; bar: SingleBar }>()
  const column = () => Math.max(20, Math.min(44, width() - 40))
  const fit = (text: string) =>
    text.length > column() ? `${text.slice(0, column() - 1)}…` : text.padEnd(column())
  const report = (event: JobEvent) => {
    if (event.type === 'note') return bars.log(`  note  ${event.profile} · ${event.message}\n`)
    if (event.type === 'stage-started') {
      const bar = bars.create(1, 0, { title: fit(titleOf(event)), speed: '', left: '' })
      running.set(event.id, { started: event, bar })
      return
    }
    const entry = running.get(event.id)
    if (!entry) return
    if (event.type === 'stage-progress') {
      const speed = event.speed === null ? '' : `${event.speed.toFixed(1)}×`
      const left = event.secondsLeft === null ? '' : `${Math.ceil(event.secondsLeft)} s left`
      return entry.bar.update(event.fraction, { speed, left })
    }
    running.delete(event.id)
    const mark = event.type === 'stage-done' ? '✓' : '✗'
    const end = event.type === 'stage-done' ? outcome(event) : 'failed'
    bars.log(`${mark} ${fit(titleOf(entry.started))} ${end}\n`)
    // After the line: removing a bar draws what was logged.
    bars.remove(entry.bar)
  }
  return {
    report,
    close: () => {
      bars.update()
      bars.stop()
    },
  }
}

import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import type { StorageDay } from '../../data/storage.ts'
import { formatBytes } from '../../format.ts'
import { DiskDay, dayName } from './disk-day.tsx'
import { barsOf, labelled, limitWords, stack, ticksUpTo } from './plot.ts'
import { partsOf, STORAGE_GROUPS } from './storage-groups.ts'

const HEIGHT = 176
const [LEFT, BOTTOM, TOP] = [64, 24, 20]
/** Bytes that the axis shows at least. */
const LOWEST_TOP = 1e6
/** A limit is drawn where it is at most so many times as high as the highest bar; further away, bars would be too small to read. */
const LIMIT_IN_SIGHT = 4
/** Width that the name of a day takes. */
const NAME_ROOM = 64

const short = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' })

interface DiskPlotProps {
  readonly days: readonly StorageDay[]
  /** Bytes that may be stored; `null` where there is no limit. */
  readonly limit: number | null
}

/** Bytes that were stored at the end of each day, by what they were: a bar a day, with its values on hover and by the arrow keys. */
export function DiskPlot({ days, limit }: DiskPlotProps) {
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const [chosen, setChosen] = useState<number | null>(null)
  const inner = Math.max(1, width - LEFT)
  const most = Math.max(0, ...days.map(({ storedBytes }) => storedBytes))
  const highest = Math.max(LOWEST_TOP, most)
  const drawnLimit = limit !== null && limit <= highest * LIMIT_IN_SIGHT ? limit : null
  const ticks = ticksUpTo(Math.max(highest, drawnLimit ?? 0))
  const top = ticks.at(-1) ?? 1
  const y = (bytes: number) => TOP + HEIGHT * (1 - bytes / top)
  const bars = barsOf(days.length, inner)
  const named = labelled(days.length, inner, NAME_ROOM)
  const day = chosen === null ? undefined : days[chosen]
  const last = days.length - 1

  const point = ({ clientX, currentTarget }: PointerEvent) => {
    const x = clientX - currentTarget.getBoundingClientRect().left - LEFT
    setChosen(Math.min(last, Math.max(0, Math.floor((x / inner) * days.length))))
  }
  const move = (event: KeyboardEvent) => {
    const now = chosen ?? last
    const next = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: last }[event.key]
    if (event.key === 'Escape') setChosen(null)
    if (next === undefined) return
    event.preventDefault()
    setChosen(Math.min(last, Math.max(0, next)))
  }
  return (
    <div className="relative">
      <div
        ref={box}
        role="slider"
        tabIndex={0}
        aria-label="Bytes stored, by day"
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={chosen ?? last}
        aria-valuetext={describe(days[chosen ?? last])}
        className="touch-pan-y overflow-hidden rounded-lg"
        onKeyDown={move}
        onFocus={({ currentTarget }) => currentTarget.matches(':focus-visible') && setChosen(last)}
        onBlur={() => setChosen(null)}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => setChosen(null)}
      >
        <svg
          width={width}
          height={TOP + HEIGHT + BOTTOM}
          aria-hidden="true"
          className="block text-[12px] tabular-nums"
        >
          {ticks.map((tick) => (
            <g key={tick} transform={`translate(0 ${y(tick)})`}>
              <line x1={LEFT} x2={width} className="stroke-line" />
              <text x={LEFT - 8} dy="0.32em" textAnchor="end" className="fill-soft">
                {formatBytes(tick)}
              </text>
            </g>
          ))}
          <g transform={`translate(${LEFT} 0)`}>
            {days.map(({ day, groups }, index) => {
              const { x, width } = bars[index] ?? { x: 0, width: 0 }
              const parts = partsOf(groups)
              const levels = stack(parts.map(({ bytes }) => bytes))
              return (
                <g key={day} className={chosen === null || chosen === index ? undefined : 'opacity-45'}>
                  {parts.map(({ key, tone }, level) => {
                    const { from, to } = levels[level] ?? { from: 0, to: 0 }
                    return (
                      <rect
                        key={key}
                        x={x}
                        width={width}
                        y={y(to)}
                        height={Math.max(0, y(from) - y(to) - (level > 0 && width > 3 ? 1 : 0))}
                        className={`fill-current ${tone}`}
                      />
                    )
                  })}
                </g>
              )
            })}
            {drawnLimit !== null && (
              <g transform={`translate(0 ${y(drawnLimit)})`}>
                <line x2={inner} strokeDasharray="4 3" className="stroke-bad" />
                <text x={inner} dy="-0.4em" textAnchor="end" className="fill-bad font-medium">
                  Limit {formatBytes(drawnLimit)}
                </text>
              </g>
            )}
            {named.map((index) => {
              const { x, width } = bars[index] ?? { x: 0, width: 0 }
              return (
                <text
                  key={index}
                  x={Math.min(x + width / 2, inner - 20)}
                  y={TOP + HEIGHT + 18}
                  textAnchor="middle"
                  className="fill-soft"
                >
                  {short.format(new Date(days[index]?.day ?? 0))}
                </text>
              )
            })}
          </g>
        </svg>
      </div>
      {day !== undefined && chosen !== null && (
        <DiskDay day={day} x={LEFT + (bars[chosen]?.x ?? 0) + (bars[chosen]?.width ?? 0) / 2} width={width} />
      )}
      {limit !== null && drawnLimit === null && (
        <p className="mt-2 text-[13px] text-soft">{limitWords(most, limit)}</p>
      )}
      <Table days={days} />
    </div>
  )
}

const describe = (day: StorageDay | undefined): string =>
  day === undefined
    ? ''
    : `${dayName(day.day)}: ${formatBytes(day.storedBytes)}; ${partsOf(day.groups)
        .map(({ label, bytes }) => `${label} ${formatBytes(bytes)}`)
        .join(', ')}`

/** The same for those who cannot see it. */
const Table = ({ days }: { readonly days: readonly StorageDay[] }) => (
  <div className="sr-only">
    <table>
      <caption>Stored at the end of each day</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">All</th>
          {STORAGE_GROUPS.map(({ key, label }) => (
            <th key={key} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days.map(({ day, storedBytes, groups }) => (
          <tr key={day}>
            <th scope="row">{dayName(day)}</th>
            <td>{formatBytes(storedBytes)}</td>
            {STORAGE_GROUPS.map(({ key }) => (
              <td key={key}>{formatBytes(groups[key])}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

/** Pixels that an element is wide, as it changes. */
function useWidth(element: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(640)
  useEffect(() => {
    const { current } = element
    if (current === null) return
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)))
    observer.observe(current)
    return () => observer.disconnect()
  }, [element])
  return width
}

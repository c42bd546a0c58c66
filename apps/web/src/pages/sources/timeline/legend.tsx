import type { Schemas } from '../../../api/client.ts'
import { FLAWS } from './draw.ts'

/** What the lines and the hatching of a timeline mean; only what occurs in it. */
export function Legend({
  features,
  hasSound,
}: {
  readonly features: Schemas['SourceFeatures'] | undefined
  readonly hasSound: boolean
}) {
  const found = new Set(features?.flaws.map(({ flaw }) => flaw))
  const flaws = Object.entries(FLAWS).filter(([flaw]) => found.has(flaw as keyof typeof FLAWS))
  return (
    <ul
      aria-label="Legend"
      className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 py-1 text-[12px] text-soft"
    >
      <Entry swatch={<Line colour="accent" />}>Motion</Entry>
      {hasSound && <Entry swatch={<Line colour="warn" />}>Loudness</Entry>}
      {features?.speech !== undefined && features.speech.length > 0 && (
        <Entry swatch={<span className="h-3 w-4 rounded-xs border-b-4 border-good bg-good-wash" />}>
          Speech
        </Entry>
      )}
      {features !== undefined && features.cuts.length > 0 && (
        <Entry swatch={<span className="mx-1.5 h-3 w-px bg-ink" />}>Cut</Entry>
      )}
      {flaws.map(([flaw, { label, colour, lean }]) => (
        <Entry
          key={flaw}
          swatch={
            <span
              className="h-3 w-4 rounded-xs border border-line bg-sunken"
              style={{
                backgroundImage: `repeating-linear-gradient(${lean === 1 ? 135 : 45}deg, var(--${colour}) 0 1.25px, transparent 1.25px 4px)`,
              }}
            />
          }
        >
          {label}
        </Entry>
      ))}
    </ul>
  )
}

const Line = ({ colour }: { readonly colour: string }) => (
  <span className="h-0.5 w-4 rounded-full" style={{ backgroundColor: `var(--${colour})` }} />
)

const Entry = ({
  swatch,
  children,
}: {
  readonly swatch: React.ReactNode
  readonly children: React.ReactNode
}) => (
  <li className="flex items-center gap-1.5 whitespace-nowrap">
    <span aria-hidden className="flex items-center">
      {swatch}
    </span>
    {children}
  </li>
)

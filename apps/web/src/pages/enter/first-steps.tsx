import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Check, ChevronRight, X } from 'lucide-react'
import { useState } from 'react'
import { useStudio } from '../../app/studio.tsx'
import { clipsQuery } from '../../data/clips.ts'
import { exportsQuery } from '../../data/exports.ts'
import { keepText, keptText } from '../../data/keepsakes.ts'
import { sourcesQuery } from '../../data/sources.ts'
import { IconButton } from '../../ui/button.tsx'
import { cx } from '../../ui/class-names.ts'
import { STEPS, stepsOf } from './steps.ts'

/** The way from footage to a finished file, for a brand that has not gone it yet. Nothing once it has, or once it was put away. */
export function FirstSteps() {
  const { api, profile } = useStudio()
  const [away, setAway] = useState(() => keptText(keyOf(profile.id)) !== null)
  const exports = useInfiniteQuery({ ...exportsQuery(api), enabled: !away })
  const enabled = !away && exports.data?.length === 0
  const sources = useInfiniteQuery({ ...sourcesQuery(api), enabled })
  const clips = useInfiniteQuery({ ...clipsQuery(api), enabled })
  if (!enabled || !sources.data || !clips.data) return null
  const { done, next } = stepsOf({
    hasSource: sources.data.length > 0,
    hasClip: clips.data.length > 0,
    hasVoice: clips.data.some(({ voiceover }) => voiceover !== null),
  })
  return (
    <section
      aria-label="First steps"
      className="mb-5 flex items-start gap-2 rounded-xl border border-line bg-surface py-2 pr-2 pl-3"
    >
      <ol className="flex min-w-0 grow flex-wrap items-center gap-x-1 gap-y-1">
        {STEPS.map(({ id, label, section }, index) => (
          <li key={id} className="flex items-center gap-1">
            {index > 0 && <ChevronRight className="size-4 text-edge max-sm:hidden" aria-hidden />}
            <Link
              to={`/p/$profileId/${section}`}
              params={{ profileId: profile.id }}
              aria-current={id === next ? 'step' : undefined}
              className={cx(
                'flex h-9 items-center gap-2 rounded-lg px-2 font-medium hover:bg-hover',
                id === next ? 'text-ink' : 'text-soft',
              )}
            >
              <span
                className={cx(
                  'grid size-5 shrink-0 place-items-center rounded-full text-[11px] font-semibold',
                  done.has(id)
                    ? 'bg-good-wash text-good'
                    : id === next
                      ? 'bg-accent text-on-accent'
                      : 'border border-edge/60',
                )}
              >
                {done.has(id) ? <Check className="size-3" strokeWidth={3} aria-hidden /> : index + 1}
              </span>
              {label}
              {done.has(id) && <span className="sr-only">: done</span>}
            </Link>
          </li>
        ))}
      </ol>
      <IconButton
        label="Put the first steps away"
        icon={<X className="size-4" />}
        onClick={() => {
          keepText(keyOf(profile.id), 'away')
          setAway(true)
        }}
      />
    </section>
  )
}

const keyOf = (profileId: string): string => `cutroom:first-steps:${profileId}`

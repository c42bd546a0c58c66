import { lazy, Suspense } from 'react'
import type { Clip } from '../../../data/clips.ts'
import { Loading, Skeleton } from '../../../ui/skeleton.tsx'
import { Tabs } from '../../../ui/tabs.tsx'
import { CaptionsPanel } from '../captions/captions-panel.tsx'
import type { Playback } from '../player/playback.ts'
import { ScriptPanel } from '../script/script-panel.tsx'
import { DetailsPanel } from './details-panel.tsx'
import type { ClipEdits } from './edits.ts'
import type { Tab } from './view.ts'

/** Its pictures need libass, which is large. */
const StylePanel = lazy(() =>
  import('../style/style-panel.tsx').then(({ StylePanel }) => ({ default: StylePanel })),
)

interface PanelsProps {
  readonly clip: Clip
  readonly edits: ClipEdits
  readonly playback: Playback
  readonly nameOf: (sourceId: string) => string
  readonly tab: Tab
  readonly onTab: (tab: Tab) => void
  readonly selected: number | null
  readonly select: (index: number) => void
  readonly onReplace: () => void
}

/** What stands beside the player. */
export function Panels(props: PanelsProps) {
  const { clip, edits, playback, tab, onTab } = props
  return (
    <aside
      aria-label="Panels"
      className="bg-surface pb-12 max-md:min-h-[calc(100dvh-var(--stuck))] md:col-start-2 md:row-start-1 md:min-h-0 md:overflow-y-auto md:border-l md:border-line md:pb-4"
    >
      <Tabs
        label="Panels"
        value={tab}
        onChange={(value) => onTab(value as Tab)}
        className="[&>[role=tablist]]:sticky [&>[role=tablist]]:top-(--stuck) md:[&>[role=tablist]]:top-0 [&>[role=tablist]]:z-20 [&>[role=tablist]]:bg-surface [&>[role=tablist]]:px-2 [&>[role=tablist]]:pt-1 [&>[role=tabpanel]]:px-4"
        tabs={[
          {
            value: 'script',
            label: 'Script & voice',
            content: <ScriptPanel clip={clip} edits={edits} playback={playback} />,
          },
          {
            value: 'captions',
            label: 'Captions',
            content: <CaptionsPanel clip={clip} edits={edits} playback={playback} />,
          },
          {
            value: 'style',
            label: 'Style',
            content: (
              <Suspense fallback={<PanelLoading />}>
                <StylePanel clip={clip} edits={edits} playback={playback} />
              </Suspense>
            ),
          },
          {
            value: 'details',
            label: 'Details',
            content: (
              <DetailsPanel
                clip={clip}
                cuts={edits.content.timeline}
                selected={props.selected}
                select={props.select}
                nameOf={props.nameOf}
                onReplace={props.onReplace}
              />
            ),
          },
        ]}
      />
    </aside>
  )
}

const PanelLoading = () => (
  <Loading what="Opening the panel">
    <Skeleton className="h-40" />
  </Loading>
)

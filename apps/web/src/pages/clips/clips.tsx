import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Clapperboard } from 'lucide-react'
import { useStudio } from '../../app/studio.tsx'
import { nameInProject } from '../../data/clip-names.ts'
import { type Clip, clipsQuery } from '../../data/clips.ts'
import { projectQuery, projectsQuery } from '../../data/projects.ts'
import { useWholeList } from '../../data/whole-list.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Page } from '../../ui/page.tsx'
import { Select } from '../../ui/select.tsx'
import { toastDone } from '../../ui/toasts.tsx'
import { BoardSkeleton } from './board-skeleton.tsx'
import { ClipBoard } from './clip-board.tsx'
import { pickedQuery } from './triage.ts'

const ALL = 'all'
const NO_CLIPS: readonly Clip[] = []

/** All clips of the profile. */
export function Clips() {
  const { api, profile } = useStudio()
  const navigate = useNavigate()
  const { picked: onlyPicked = false, project: projectId } = useSearch({ from: '/p/$profileId/clips' })
  const inProject = projectId !== undefined && { projectId }
  const list = useInfiniteQuery(clipsQuery(api, { ...inProject, ...(onlyPicked && { selected: 'true' }) }))
  const picked = useWholeList(pickedQuery(api, projectId))
  const { data: projects = [] } = useInfiniteQuery(projectsQuery(api))
  // A project that is not among the newest has its name all the same.
  const { data: project } = useQuery({
    ...projectQuery(api, projectId ?? ''),
    enabled: projectId !== undefined,
  })
  const names = new Map([...projects, ...(project ? [project] : [])].map(({ id, name }) => [id, name]))
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list

  const filter = (search: { readonly picked?: boolean; readonly project?: string | undefined }) => {
    const { picked = onlyPicked, project } = { project: projectId, ...search }
    return navigate({
      to: '/p/$profileId/clips',
      params: { profileId: profile.id },
      search: {
        ...(picked && { picked: true as const }),
        ...(project !== undefined && { project }),
      },
    })
  }
  return (
    <Page title="Clips" wide>
      {list.error !== null && <ErrorNote error={list.error} className="mb-4" onRetry={list.refetch} />}
      {list.isPending ? (
        <BoardSkeleton />
      ) : (
        <ClipBoard
          label="Clips"
          clips={list.data ?? NO_CLIPS}
          picked={picked.isWhole || picked.error !== null ? (picked.items ?? NO_CLIPS) : null}
          titleOf={(clip) => nameInProject(clip.name, names.get(clip.projectId) ?? '')}
          {...(projectId === undefined && { noteOf: (clip: Clip) => names.get(clip.projectId) })}
          hasMore={hasNextPage}
          onNearEnd={() => {
            if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
          }}
          onStarted={({ kind, projectId: place }) =>
            toastDone(
              kind === 'generate' ? 'More like it is being made' : 'The voices are being made',
              place === null
                ? undefined
                : {
                    label: 'Show',
                    onClick: () =>
                      navigate({
                        to: '/p/$profileId/projects/$projectId',
                        params: { profileId: profile.id, projectId: place },
                      }),
                  },
            )
          }
          toolbar={
            <>
              <h2 className="sr-only">{onlyPicked ? 'Picked clips' : 'All clips'}</h2>
              <fieldset className="flex rounded-lg border border-line bg-surface p-0.5">
                <legend className="sr-only">Which clips</legend>
                {[false, true].map((value) => (
                  <button
                    key={String(value)}
                    type="button"
                    aria-pressed={onlyPicked === value}
                    onClick={() => filter({ picked: value })}
                    className="h-7.5 rounded-md px-3 font-medium text-soft hover:text-ink aria-pressed:bg-accent-wash aria-pressed:text-accent"
                  >
                    {value ? 'Picked' : 'All'}
                  </button>
                ))}
              </fieldset>
              <div className="w-52 max-sm:grow">
                <Select
                  aria-label="Project"
                  value={projectId ?? ALL}
                  onChange={(value) => filter({ project: value === ALL ? undefined : value })}
                  choices={[
                    { value: ALL, label: 'All projects' },
                    ...[...names].map(([value, label]) => ({ value, label })),
                  ]}
                />
              </div>
            </>
          }
          empty={
            onlyPicked || projectId !== undefined ? (
              <Empty
                icon={<Clapperboard />}
                title="No clips like that"
                actions={
                  <Button onClick={() => filter({ picked: false, project: undefined })}>
                    Show all clips
                  </Button>
                }
              >
                {onlyPicked
                  ? 'Pick clips with X or with the circle on their picture, and find them here.'
                  : 'This project has no clips yet.'}
              </Empty>
            ) : (
              <Empty
                icon={<Clapperboard />}
                title="No clips yet"
                actions={
                  <Link
                    to="/p/$profileId/projects"
                    params={{ profileId: profile.id }}
                    className={buttonClass('primary')}
                  >
                    To the projects
                  </Link>
                }
              >
                Clips are made in projects: give one some footage and let it make variants.
              </Empty>
            )
          }
        />
      )}
    </Page>
  )
}

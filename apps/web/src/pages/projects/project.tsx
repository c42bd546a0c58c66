import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { ChevronLeft, Film, Pencil, Trash2 } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { ApiError } from '../../api/problem.ts'
import { NotFound } from '../../app/stray.tsx'
import { useStudio } from '../../app/studio.tsx'
import { nameInProject } from '../../data/clip-names.ts'
import { type Clip, clipsQuery } from '../../data/clips.ts'
import { type Project as ProjectThing, projectQuery } from '../../data/projects.ts'
import { useWholeList } from '../../data/whole-list.ts'
import { count } from '../../format.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { MoreButton } from '../../ui/more-button.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { BoardSkeleton } from '../clips/board-skeleton.tsx'
import { type BoardHandle, ClipBoard } from '../clips/clip-board.tsx'
import { JobStrip } from '../clips/job-strip.tsx'
import { useTriage } from '../clips/triage.ts'
import { Footage } from './footage.tsx'
import { FootageDialog } from './footage-dialog.tsx'
import { GeneratePanel } from './generate-panel.tsx'
import { ProjectDialog } from './project-dialog.tsx'
import { DeleteProject } from './projects.tsx'
import { TOO_SHORT, TooShort } from './too-short.tsx'
import { useMaking } from './use-making.ts'
import { useProjectJobs } from './use-project-jobs.ts'

const NO_CLIPS: readonly Clip[] = []

/** A project: what its clips are made of, and its clips. */
export function Project() {
  const { projectId } = useParams({ from: '/p/$profileId/projects/$projectId' })
  const { api } = useStudio()
  const { data: project, error, refetch } = useQuery(projectQuery(api, projectId))
  if (error instanceof ApiError && error.status === 404) return <NotFound />
  if (error !== null && project === undefined)
    return (
      <Page title="Project">
        <ErrorNote error={error} onRetry={refetch} />
      </Page>
    )
  if (project === undefined)
    return (
      <Page title="Project" heading={<Skeleton className="h-7 w-64" />} wide>
        <Skeleton className="mb-5 h-16" />
        <BoardSkeleton />
      </Page>
    )
  return <OpenProject key={project.id} project={project} />
}

type Opened = 'details' | 'footage' | 'delete' | null

function OpenProject({ project }: { readonly project: ProjectThing }) {
  const { api, profile } = useStudio()
  const navigate = useNavigate()
  const [opened, setOpened] = useState<Opened>(null)
  const board = useRef<BoardHandle>(null)
  const close = () => setOpened(null)
  const list = useWholeList(clipsQuery(api, { projectId: project.id }))
  // Newest first as they come; on the board they stand in the order in which they were made, and stay where they are.
  const clips = useMemo(() => list.items?.toSorted((a, b) => a.number - b.number) ?? NO_CLIPS, [list.items])
  const left = useTriage().shown(clips)
  const jobs = useProjectJobs(project.id, clips.at(-1)?.number ?? 0)
  const making = useMaking(project, jobs.start)
  const hasFootage = project.counts.sources + project.counts.segments > 0
  const toProjects = { to: '/p/$profileId/projects', params: { profileId: profile.id } } as const
  return (
    <Page
      title={project.name}
      wide
      above={
        <Link {...toProjects} className="inline-flex items-center gap-1 hover:text-ink">
          <ChevronLeft className="size-4" aria-hidden />
          Projects
        </Link>
      }
      {...(project.brief !== '' && { lead: <span className="line-clamp-2">{project.brief}</span> })}
      actions={
        <>
          {hasFootage && <Footage project={project} onOpen={() => setOpened('footage')} />}
          <Menu trigger={<MoreButton look="plain" label="More for this project" />}>
            <MenuItem icon={<Pencil className="size-4 text-soft" />} onSelect={() => setOpened('details')}>
              Name, brief and length
            </MenuItem>
            <MenuItem icon={<Film className="size-4 text-soft" />} onSelect={() => setOpened('footage')}>
              Footage
            </MenuItem>
            <MenuItem danger icon={<Trash2 className="size-4" />} onSelect={() => setOpened('delete')}>
              Delete
            </MenuItem>
          </Menu>
        </>
      }
    >
      {hasFootage ? (
        <div className="mb-5 space-y-3">
          <GeneratePanel project={project} making={making} onDetails={() => setOpened('details')} />
          {jobs.shown.map((job) => (
            <JobStrip
              key={job.id}
              job={job}
              onDismiss={() => jobs.dismiss(job.id)}
              onShow={(clipIds) => {
                const [first] = clipIds
                if (first !== undefined) board.current?.show(first)
                jobs.dismiss(job.id)
              }}
              remedyFor={(code) =>
                code === TOO_SHORT ? <TooShort making={making} onLength={() => setOpened('details')} /> : null
              }
            />
          ))}
        </div>
      ) : (
        <Empty
          icon={<Film />}
          title="Give it footage"
          actions={
            <Button look="primary" onClick={() => setOpened('footage')}>
              Choose footage
            </Button>
          }
        >
          Choose the sources that its clips are made of.
        </Empty>
      )}
      {list.error !== null && <ErrorNote error={list.error} className="mb-4" onRetry={list.refetch} />}
      {list.items !== undefined
        ? (hasFootage || clips.length > 0) && (
            <ClipBoard
              ref={board}
              label={`Clips of ${project.name}`}
              clips={clips}
              picked={list.isWhole || list.error !== null ? clips : null}
              hasMore={!list.isWhole}
              titleOf={(clip) => nameInProject(clip.name, project.name)}
              pending={jobs.pending}
              onStarted={jobs.start}
              toolbar={
                <h2 className="text-[16px] font-semibold">
                  {left.length === 0
                    ? 'Clips'
                    : count(
                        list.isWhole ? left.length : project.counts.clips - (clips.length - left.length),
                        'clip',
                      )}
                </h2>
              }
              empty={
                <p className="rounded-2xl border border-dashed border-line px-4 py-14 text-center text-soft">
                  Its variants will stand here, side by side. Pick the best with X, Space or the number keys.
                </p>
              }
            />
          )
        : list.error === null && <BoardSkeleton />}
      {opened === 'details' && <ProjectDialog project={project} onClose={close} onDone={close} />}
      {opened === 'footage' && <FootageDialog project={project} onClose={close} />}
      <DeleteProject
        project={opened === 'delete' ? project : null}
        onClose={close}
        onDeleted={() => navigate({ ...toProjects, replace: true })}
      />
    </Page>
  )
}

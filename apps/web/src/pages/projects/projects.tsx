import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Film, FolderKanban, Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import { ask } from '../../api/client.ts'
import { useStudio } from '../../app/studio.tsx'
import { putThing } from '../../data/live.ts'
import { type Project, projectsQuery } from '../../data/projects.ts'
import { sourcesQuery } from '../../data/sources.ts'
import { count } from '../../format.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useOnNear } from '../../ui/in-view.ts'
import { Page } from '../../ui/page.tsx'
import { Loading, Skeleton } from '../../ui/skeleton.tsx'
import { toastDone } from '../../ui/toasts.tsx'
import { FirstSteps } from '../enter/first-steps.tsx'
import { DemoFootage } from '../sources/demo-footage.tsx'
import { ProjectCard } from './project-card.tsx'
import { ProjectDialog } from './project-dialog.tsx'

export function Projects() {
  const { api, profile } = useStudio()
  const navigate = useNavigate()
  const search = useSearch({ from: '/p/$profileId/projects' })
  const list = useInfiniteQuery(projectsQuery(api))
  const sources = useInfiniteQuery(sourcesQuery(api))
  const [changing, setChanging] = useState<Project | null>(null)
  const [deleting, setDeleting] = useState<Project | null>(null)
  const end = useRef<HTMLDivElement>(null)
  useOnNear(end, list.hasNextPage && !list.isFetching ? () => void list.fetchNextPage() : null)
  const here = { to: '/p/$profileId/projects', params: { profileId: profile.id } } as const
  const isMaking = search.new === true
  const projects = list.data ?? []
  const isEmpty = list.data?.length === 0

  return (
    <Page
      title="Projects"
      {...(!isEmpty && {
        actions: (
          <Link {...here} search={{ new: true }} className={buttonClass('primary')}>
            <Plus className="size-4" aria-hidden />
            New project
          </Link>
        ),
      })}
    >
      <FirstSteps />
      {list.error !== null && <ErrorNote error={list.error} onRetry={list.refetch} />}
      {list.isPending && <CardSkeletons />}
      {isEmpty && !sources.isPending && <NoProjects hasSources={(sources.data?.length ?? 0) > 0} />}
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {projects.map((project) => (
          <ProjectCard
            key={project.id}
            project={project}
            onRename={() => setChanging(project)}
            onDelete={() => setDeleting(project)}
          />
        ))}
      </div>
      <div ref={end} />
      {isMaking && (
        <ProjectDialog
          {...(search.sources !== undefined && { sourceIds: search.sources.split(',') })}
          onClose={() => navigate({ ...here, replace: true })}
          onDone={({ id }) =>
            navigate({
              to: '/p/$profileId/projects/$projectId',
              params: { profileId: profile.id, projectId: id },
              replace: true,
            })
          }
        />
      )}
      {changing && (
        <ProjectDialog
          project={changing}
          onClose={() => setChanging(null)}
          onDone={() => setChanging(null)}
        />
      )}
      <DeleteProject project={deleting} onClose={() => setDeleting(null)} />
    </Page>
  )
}

/** Asks before a project goes with its clips. */
export function DeleteProject({
  project,
  onClose,
  onDeleted,
}: {
  readonly project: Project | null
  readonly onClose: () => void
  readonly onDeleted?: () => void
}) {
  const { api } = useStudio()
  const queries = useQueryClient()
  const clips = project?.counts.clips ?? 0
  return (
    <Confirm
      open={project !== null}
      onOpenChange={onClose}
      title={`Delete “${project?.name ?? ''}”?`}
      action="Delete the project"
      onConfirm={async () => {
        if (project === null) return
        await ask(api.DELETE('/projects/{id}', { params: { path: { id: project.id } } }))
        onDeleted?.()
        putThing(queries, 'project', { id: project.id, deleted: true })
        toastDone(`“${project.name}” is deleted`)
      }}
    >
      {clips > 0 ? `Its ${count(clips, 'clip')} will be gone. ` : ''}
      Sources and finished exports stay.
    </Confirm>
  )
}

function NoProjects({ hasSources }: { readonly hasSources: boolean }) {
  const { profile } = useStudio()
  const params = { profileId: profile.id }
  if (hasSources)
    return (
      <Empty
        icon={<FolderKanban />}
        title="Make your first project"
        actions={
          <Link
            to="/p/$profileId/projects"
            params={params}
            search={{ new: true }}
            className={buttonClass('primary')}
          >
            <Plus className="size-4" aria-hidden />
            New project
          </Link>
        }
      >
        Choose footage and a length, and let Cutroom cut variants of it. You pick the best.
      </Empty>
    )
  return (
    <Empty
      icon={<Film />}
      title="Begin with footage"
      actions={
        <>
          <DemoFootage />
          <Link to="/p/$profileId/sources" params={params} className={buttonClass('primary')}>
            Add footage
          </Link>
        </>
      }
    >
      A project turns videos into short clips. Add some of yours, or try it with footage that Cutroom draws.
    </Empty>
  )
}

const CardSkeletons = () => (
  <Loading what="Reading the projects">
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-3">
      {['a', 'b', 'c'].map((key) => (
        <div key={key} className="rounded-2xl border border-line bg-surface p-2.5">
          <Skeleton className="aspect-9/4" />
          <Skeleton className="mt-3 h-4 w-1/2" />
          <Skeleton className="mt-2 mb-1 h-3 w-2/3" />
        </div>
      ))}
    </div>
  </Loading>
)

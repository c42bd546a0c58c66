import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Pencil, Trash2 } from 'lucide-react'
import { useRef } from 'react'
import { useStudio } from '../../app/studio.tsx'
import { clipPicture, firstClipsQuery } from '../../data/clips.ts'
import type { Project } from '../../data/projects.ts'
import { count, formatAgo } from '../../format.ts'
import { useSeen } from '../../ui/in-view.ts'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { MoreButton } from '../../ui/more-button.tsx'
import { Picture } from '../../ui/picture.tsx'

/** Pictures of clips on a card. */
const PICTURES = 4

interface ProjectCardProps {
  readonly project: Project
  readonly onRename: () => void
  readonly onDelete: () => void
}

export function ProjectCard({ project, onRename, onDelete }: ProjectCardProps) {
  const { profile } = useStudio()
  const { clips, sources } = project.counts
  return (
    <article className="group relative rounded-2xl border border-line bg-surface p-2.5 transition-shadow hover:shadow-lg">
      <Pictures project={project} />
      <div className="mt-2 flex items-start gap-1 pl-1">
        <div className="min-w-0 grow">
          <h2 className="truncate text-[15px] font-semibold">
            <Link
              to="/p/$profileId/projects/$projectId"
              params={{ profileId: profile.id, projectId: project.id }}
              title={project.name}
              className="after:absolute after:inset-0 after:rounded-2xl"
            >
              {project.name}
            </Link>
          </h2>
          <p className="truncate text-[13px] text-soft">
            {count(clips, 'clip')} · {count(sources, 'source')} · {formatAgo(project.createdAt)}
          </p>
        </div>
        <div className="relative">
          <Menu trigger={<MoreButton label={`More for ${project.name}`} size="small" />}>
            <MenuItem icon={<Pencil className="size-4 text-soft" />} onSelect={onRename}>
              Rename or change
            </MenuItem>
            <MenuItem danger icon={<Trash2 className="size-4" />} onSelect={onDelete}>
              Delete
            </MenuItem>
          </Menu>
        </div>
      </div>
    </article>
  )
}

function Pictures({ project }: { readonly project: Project }) {
  const { api, file } = useStudio()
  const box = useRef<HTMLDivElement>(null)
  const seen = useSeen(box)
  const { data } = useQuery({
    ...firstClipsQuery(api, project.id, PICTURES),
    enabled: seen && project.counts.clips > 0,
  })
  // The place of each picture is there before it is.
  const places = Array.from({ length: PICTURES }, (_, index) => {
    const clip = data?.items[index]
    return clip === undefined ? null : clipPicture(file, clip)
  })
  return (
    <div ref={box} className="grid grid-cols-4 gap-1 overflow-hidden rounded-lg" aria-hidden>
      {places.map((picture, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a place stays what it is.
        <div key={index} className="aspect-9/16 bg-sunken">
          {picture !== null && (
            <Picture src={picture} alt="" loading="lazy" className="size-full object-cover" />
          )}
        </div>
      ))}
    </div>
  )
}

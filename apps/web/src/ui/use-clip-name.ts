import { useQuery } from '@tanstack/react-query'
import { useStudio } from '../app/studio.tsx'
import { nameInProject } from '../data/clip-names.ts'
import { projectQuery } from '../data/projects.ts'

interface Named {
  /** `Clip 6`, or the name that a person gave it. */
  readonly short: string
  /** Empty until it is known, and where it is gone. */
  readonly project: string
}

/** What a clip is called, from its whole name. `projectId` is `null` for what is no clip of a project. */
export function useClipName(name: string, projectId: string | null): Named {
  const { api } = useStudio()
  const { data } = useQuery({ ...projectQuery(api, projectId ?? ''), enabled: projectId !== null })
  const project = data?.name ?? ''
  return { short: project === '' ? name : nameInProject(name, project), project }
}

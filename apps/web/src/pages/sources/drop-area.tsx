import { Upload } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useStudio } from '../../app/studio.tsx'
import { droppedFiles } from '../../data/uploads-files.ts'
import { uploadsOf } from '../../data/uploads-of.ts'
import { toastFailed } from '../../ui/toasts.tsx'

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** A field for a file takes it itself, such as a logo. */
const isTakenElsewhere = ({ target, defaultPrevented }: DragEvent): boolean =>
  defaultPrevented || (target instanceof HTMLInputElement && target.type === 'file')

/** Takes files and folders that are dropped anywhere on a page of the brand, and says so while they hover. */
export function DropArea() {
  const { profile } = useStudio()
  const [over, setOver] = useState(false)
  useEffect(() => {
    // Elements within the page are entered before those around them are left.
    let depth = 0
    const show = (change: number) => {
      depth = Math.max(0, depth + change)
      setOver(depth > 0)
    }
    const enter = (event: DragEvent) => {
      if (holdsFiles(event)) show(1)
    }
    const leave = (event: DragEvent) => {
      if (holdsFiles(event)) show(-1)
    }
    const hover = (event: DragEvent) => {
      if (holdsFiles(event) && !isTakenElsewhere(event)) event.preventDefault()
    }
    const drop = (event: DragEvent) => {
      show(-depth)
      if (!event.dataTransfer || !holdsFiles(event) || isTakenElsewhere(event)) return
      event.preventDefault()
      droppedFiles(event.dataTransfer).then((found) => uploadsOf(profile.id).add(found), toastFailed)
    }
    const listening = new AbortController()
    const { signal } = listening
    window.addEventListener('dragenter', enter, { signal })
    window.addEventListener('dragleave', leave, { signal })
    window.addEventListener('dragover', hover, { signal })
    window.addEventListener('drop', drop, { signal })
    return () => listening.abort()
  }, [profile.id])
  if (!over) return null
  return (
    <div className="pointer-events-none fixed inset-0 z-40 bg-ground/80 p-4 backdrop-blur-[2px] md:left-56">
      <div className="grid h-full place-items-center rounded-2xl border-2 border-dashed border-accent bg-accent-wash/60">
        <div className="flex max-w-full flex-col items-center gap-2 px-4 text-center">
          <Upload className="size-8 text-accent" aria-hidden />
          <p className="max-w-full truncate text-[17px] font-semibold">Drop to add to {profile.name}</p>
          <p className="text-soft">Files and whole folders</p>
        </div>
      </div>
    </div>
  )
}

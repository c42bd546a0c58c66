import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'

/** A file system of its own with room for so many KiB, or `null` where this user may not mount one. */
export async function smallDisk(folder: string, sizeKiB: number) {
  await mkdir(folder)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeKiB}k`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return null
  }
  return {
    path: folder,
    /** Leaves no room at all. */
    async fill(): Promise<void> {
      const full = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOSPC'
      await writeFile(`${folder}/filling`, Buffer.alloc(sizeKiB * 1024)).catch((error) => {
        if (!full(error)) throw error
      })
    },
    [Symbol.dispose]: () => {
      execFileSync('umount', [folder])
    },
  }
}

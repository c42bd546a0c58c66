import { DiskHistory } from './disk-history.tsx'
import { DiskNow } from './disk-now.tsx'
import { LimitsSettings } from './limits.tsx'
import { TidyUp } from './tidy-up.tsx'

/** What the brand takes of the machine, what it may take, and how to free some of it. */
export function DiskSettings() {
  return (
    <>
      <DiskNow />
      <DiskHistory />
      <TidyUp />
      <LimitsSettings />
    </>
  )
}

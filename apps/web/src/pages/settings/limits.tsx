import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ask } from '../../api/client.ts'
import { studioApi } from '../../app/session.ts'
import { useStudio } from '../../app/studio.tsx'
import { storageQuery } from '../../data/storage.ts'
import { spendingQuery } from '../../data/voices.ts'
import { formatBytes, formatMoney } from '../../format.ts'
import { useDraft } from '../../ui/use-draft.ts'
import { useForm } from '../../ui/use-form.ts'
import { DOLLAR_MICROS, GIGABYTE, readAmount, showAmount } from './amounts.ts'
import { DraftForm } from './draft-form.tsx'
import { keepProfile } from './keep-profile.ts'
import { Section } from './section.tsx'
import { UnitField } from './unit-field.tsx'

const MOST_JOBS = 64
const LEAD = 'What this brand may take of the machine, so that every brand gets its share.'

export function LimitsSettings() {
  const { isOwner } = useStudio()
  return (
    <Section title="Limits" lead={isOwner ? LEAD : `${LEAD} Owners of the studio set them.`}>
      {isOwner ? <LimitsForm /> : <LimitsList />}
    </Section>
  )
}

/** How much of the money for voices is gone, in words; nothing until that is known. */
function useSpent(): string | undefined {
  const { data } = useQuery(spendingQuery(useStudio().api))
  if (data === undefined) return undefined
  return data.spentMicros === 0
    ? 'Nothing spent this month.'
    : `${formatMoney(data.spentMicros)} spent this month.`
}

function LimitsList() {
  const spent = useSpent()
  const { jobsAtOnce, storageBytes, scratchBytes, monthlySpendMicros } = useStudio().profile.limits
  const orNone = (value: number | null, format: (value: number) => string) =>
    value === null ? 'No limit' : format(value)
  const lines = [
    { name: 'Jobs at once', value: String(jobsAtOnce) },
    { name: 'Storage', value: orNone(storageBytes, formatBytes) },
    { name: 'Work in progress', value: orNone(scratchBytes, formatBytes) },
    { name: 'Voices each month', value: orNone(monthlySpendMicros, formatMoney), more: spent },
  ]
  return (
    <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
      {lines.map(({ name, value, more }) => (
        <div key={name}>
          <dt className="text-[13px] text-soft">{name}</dt>
          <dd className="font-medium">{value}</dd>
          {more !== undefined && <dd className="text-[13px] text-soft">{more}</dd>}
        </div>
      ))}
    </dl>
  )
}

function LimitsForm() {
  const { profile, api } = useStudio()
  const spent = useSpent()
  const queries = useQueryClient()
  const { limits } = profile
  const draft = useDraft({
    jobs: String(limits.jobsAtOnce),
    storage: showAmount(limits.storageBytes, GIGABYTE),
    scratch: showAmount(limits.scratchBytes, GIGABYTE),
    spend: showAmount(limits.monthlySpendMicros, DOLLAR_MICROS),
  })
  const { values } = draft
  const read = {
    jobsAtOnce: readAmount(values.jobs, 1, 3) ?? Number.NaN,
    storageBytes: readAmount(values.storage, GIGABYTE),
    scratchBytes: readAmount(values.scratch, GIGABYTE),
    monthlySpendMicros: readAmount(values.spend, DOLLAR_MICROS),
  }
  const form = useForm(['jobs', 'storage', 'scratch', 'spend'], {
    check: () => ({
      jobs:
        Number.isInteger(read.jobsAtOnce) && read.jobsAtOnce >= 1 && read.jobsAtOnce <= MOST_JOBS
          ? undefined
          : `A whole number from 1 to ${MOST_JOBS}.`,
      storage: amountFault(read.storageBytes),
      scratch: amountFault(read.scratchBytes),
      spend: amountFault(read.monthlySpendMicros),
    }),
    work: async () => {
      const path = { id: profile.id }
      keepProfile(await ask(studioApi.PATCH('/profiles/{id}', { params: { path }, body: { limits: read } })))
      void queries.invalidateQueries({ queryKey: storageQuery(api).queryKey })
      draft.reset()
    },
  })
  const field = (name: keyof typeof values) => ({
    value: values[name],
    onChange: (value: string) => draft.set(name, value),
    error: form.wrong[name],
  })
  return (
    <DraftForm draft={draft} form={form}>
      <div className="grid gap-5 sm:grid-cols-2">
        <UnitField label="Jobs at once" unit="jobs" hint="The others wait their turn." {...field('jobs')} />
        <UnitField
          label="Voices each month"
          unit="US $"
          placeholder="No limit"
          hint={['For voices that cost money.', spent].filter(Boolean).join(' ')}
          {...field('spend')}
        />
        <UnitField
          label="Storage"
          unit="GB"
          placeholder="No limit"
          hint="Sources, previews, voices and exports."
          {...field('storage')}
        />
        <UnitField
          label="Work in progress"
          unit="GB"
          placeholder="No limit"
          hint="Temporary files of jobs that run."
          {...field('scratch')}
        />
      </div>
    </DraftForm>
  )
}

const amountFault = (amount: number | null): string | undefined =>
  amount === null || amount >= 0 ? undefined : 'A number, or nothing for no limit.'

import { BrandChoice } from './brand-choice.tsx'
import { OptionList } from './option-list.tsx'

const ROLES = [
  { value: 'member', label: 'Member', hint: 'Works on some brands.' },
  { value: 'owner', label: 'Owner', hint: 'Reaches all brands; manages people, keys and limits.' },
] as const

export type Role = (typeof ROLES)[number]['value']

interface RoleFieldsProps {
  readonly role: Role
  readonly onRole: (role: Role) => void
  readonly brands: readonly string[]
  readonly onBrands: (brands: readonly string[]) => void
}

/** What somebody is, and which brands they reach. */
export const RoleFields = ({ role, onRole, brands, onBrands }: RoleFieldsProps) => (
  <>
    <OptionList label="Role" value={role} onChange={onRole} options={ROLES} />
    {role === 'member' && <BrandChoice label="Brands" value={brands} onChange={onBrands} />}
  </>
)

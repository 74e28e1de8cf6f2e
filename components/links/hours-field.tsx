import { Field, Select } from '#src/components/ui/field.tsx';
import { linkHours } from '#src/lib/links/link.ts';

const hoursWords: Record<(typeof linkHours)[number], string> = {
  1: '1 hour',
  24: '1 day',
  168: '7 days',
  720: '30 days',
};
const usualHours = 168;

/** For how long a new link works; the form's field is `hours`. */
export function HoursField() {
  return (
    <Field label="Works for">
      {(control) => (
        <Select {...control} name="hours" defaultValue={usualHours}>
          {linkHours.map((hours) => (
            <option key={hours} value={hours}>
              {hoursWords[hours]}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

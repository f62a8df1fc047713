import { Switch as Base } from '@base-ui/react/switch';

type Props = {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  /** The element that names it. */
  readonly labelledBy: string;
  readonly disabled?: boolean;
};

/** On or off; the knob's place says which, beside the colour. */
export function Switch({ checked, onChange, labelledBy, disabled = false }: Props) {
  return (
    <Base.Root
      checked={checked}
      disabled={disabled}
      aria-labelledby={labelledBy}
      onCheckedChange={(next) => onChange(next)}
      data-control=""
      className="fade flex h-6 w-11 shrink-0 items-center rounded-control border border-line bg-bg2 p-0.5 data-checked:border-accent data-checked:bg-bg3 disabled:opacity-55"
    >
      <Base.Thumb className="fade size-4.5 rounded-control bg-muted data-checked:translate-x-5 data-checked:bg-accent" />
    </Base.Root>
  );
}

import { FolderOpen } from 'lucide-react';
import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { TextField } from './text-field.tsx';

type Props = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (path: string) => void;
  readonly note?: string;
  readonly wrong?: string | undefined;
  /** Endings that the chooser offers, such as `.csv,.gz`. */
  readonly accept?: string;
};

/**
 * The path of a file of this machine: typed, or chosen where the window runs on the desktop. The file itself is never read by the page; a browser
 * does not tell a page where a file lies, so there it is typed.
 */
export function FileField({ label, value, onChange, note, wrong, accept }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const chooser = useRef<HTMLInputElement>(null);
  const bridge = window.mt;
  return (
    <div className="flex min-w-0 items-start gap-1.5">
      <TextField
        className="min-w-0 flex-1"
        label={label}
        value={value}
        wrong={wrong}
        onChange={(event) => onChange(event.target.value)}
        {...(note === undefined ? {} : { note })}
      />
      {bridge !== undefined && (
        <>
          <input
            ref={chooser}
            id={id}
            type="file"
            hidden
            accept={accept}
            aria-label={label}
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              if (file !== undefined) onChange(bridge.pathOf(file));
              event.target.value = '';
            }}
          />
          <Button
            className="mt-5"
            aria-label={t('stored.chooseFor', { what: label })}
            icon={<FolderOpen aria-hidden size={13} />}
            onClick={() => chooser.current?.click()}
          >
            {t('stored.choose')}
          </Button>
        </>
      )}
    </div>
  );
}

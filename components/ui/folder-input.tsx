'use client';

import { classNames } from './class-names';
import { buttonClass } from './button';

interface FolderInputProps {
  name: string;
  label: string;
  /** All files of the folder and of those within it, each with its `webkitRelativePath`. */
  onFiles: (files: File[]) => void;
}

/** Chooses a whole folder; where a browser cannot, several files. A real input, so that keyboard and tests reach it. */
export function FolderInput({ name, label, onFiles }: FolderInputProps) {
  return (
    <label
      className={classNames(
        buttonClass('secondary'),
        'relative cursor-pointer has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
      )}
    >
      {label}
      <input
        id={name}
        name={name}
        type="file"
        multiple
        // Not among the attributes that React knows.
        ref={(input) => input?.setAttribute('webkitdirectory', '')}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          if (files.length > 0) onFiles(files);
          event.target.value = '';
        }}
        className="absolute inset-0 size-full cursor-pointer opacity-0"
      />
    </label>
  );
}

import { notFound } from 'next/navigation';

/** Every address that no page takes, so that it is answered in the reader's language. */
export default function UnknownPage(): never {
  notFound();
}

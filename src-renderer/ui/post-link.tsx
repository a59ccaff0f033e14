import { IconFile } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api.ts';
import css from './post-link.module.css';
import { sayRefused } from './toasts.ts';

/** 'post.json' of 'file:///…/post.json'. */
function fileNameOf(url: string): string {
  const name = url.split('/').at(-1) ?? url;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Where a post is: a page that main opens in the browser, or a file of the practice network that it shows in its folder. */
export function PostLink({ url }: { url: string }) {
  const { t } = useTranslation('queue');
  const show = useAction('outbox.show');
  if (url.startsWith('file:')) {
    const name = fileNameOf(url);
    return (
      <button
        type="button"
        className={css.link}
        title={t('pane.showFile')}
        aria-label={t('pane.showFileOf', { name })}
        onClick={() => show.mutate({ url }, { onError: (error) => sayRefused(error.message) })}
      >
        <IconFile size={14} aria-hidden="true" /> {name}
      </button>
    );
  }
  if (!/^https?:/u.test(url)) return <span data-selectable>{url}</span>;
  return (
    <a className={css.link} href={url} target="_blank" rel="noreferrer">
      {url}
    </a>
  );
}

import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import {
  IconArrowRight,
  IconBuildingStore,
  IconClipboardText,
  IconFileCheck,
  IconHandStop,
  IconHelpCircle,
  IconKeyboard,
  IconLanguage,
  IconLockOpen,
  IconMoon,
  IconPencil,
  IconPlayerPlay,
  IconPlugConnected,
  IconPlus,
  IconRoute,
  IconSearch,
  IconStopwatch,
  IconSun,
  IconTableImport,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WindowCommand } from '../../src-preload/window-key-views.ts';
import { useAction } from '../api.ts';
import { usePublishing } from '../stop/publishing.ts';
import { useTourName } from '../tour/use-tour-name.ts';
import { useCommands } from './commands.ts';
import { Keys } from './keys.tsx';
import styles from './palette.module.css';
import { useDesk } from './use-desk.ts';
import { useFoundInDesk } from './use-found-in-desk.tsx';
import { useKeyOf } from './use-window-keys.ts';
import { useOpenView, VIEWS } from './view-route.ts';

const SHOWN = 9;

/** Every view, every command, and every brand's queue, by typing. It opens below the status bar. */
export function Palette() {
  const { t } = useTranslation('shell');
  const [typed, setTyped] = useState('');
  const found = useFoundInDesk(typed);
  return (
    <Spotlight
      actions={[...useActions(), ...found]}
      query={typed}
      onQueryChange={setTyped}
      // Its key is one of the window's, which can be changed.
      shortcut={null}
      // Above dialogs, below the status bar: the stop is never covered.
      zIndex={300}
      attributes={{ content: { 'aria-label': t('nav.palette') } }}
      limit={SHOWN}
      scrollable
      maxHeight={460}
      nothingFound={t('palette.nothing')}
      classNames={{ actionDescription: styles.description ?? '' }}
      overlayProps={{ className: styles.overlay ?? '', backgroundOpacity: 0.42 }}
      searchProps={{
        leftSection: <IconSearch size={19} aria-hidden="true" />,
        placeholder: t('palette.search'),
        'aria-label': t('palette.search'),
      }}
    />
  );
}

function useActions(): SpotlightActionGroupData[] {
  const { t } = useTranslation(['shell', 'help', 'yes']);
  const { brands } = useDesk();
  const { state, view, engageEverything } = usePublishing();
  const commands = useCommands();
  const openView = useOpenView();
  const settings = useAction('settings.change');
  const tourName = useTourName();
  const keyOf = useKeyOf();
  /** At the right of a line: the key that does the same. */
  const keyed = (command: WindowCommand) => {
    const accelerator = keyOf(command);
    return accelerator === '' ? {} : { rightSection: <Keys accelerator={accelerator} /> };
  };
  const icon = (Icon: typeof IconHandStop) => <Icon size={19} stroke={1.7} aria-hidden="true" />;

  const list: SpotlightActionData[] = [
    {
      id: 'stop',
      label: t('palette.emergencyStop'),
      description: t('palette.emergencyStopMore'),
      keywords: 'emergency stop arrêt urgence panic silence',
      leftSection: icon(IconHandStop),
      onClick: engageEverything,
    },
  ];
  list.push({
    id: 'stop-part',
    label: t('palette.stopPart'),
    description: t('palette.stopPartMore'),
    leftSection: icon(IconHandStop),
    onClick: () => commands.open('stop-part'),
  });
  if (state === 'not-started')
    list.push({
      id: 'start',
      label: t('palette.start'),
      leftSection: icon(IconPlayerPlay),
      onClick: () => commands.open('start'),
    });
  if (state === 'stopped' || (view?.stops.length ?? 0) > 0)
    list.push({
      id: 'release',
      label: t('palette.release'),
      leftSection: icon(IconLockOpen),
      onClick: () => commands.open('release'),
    });
  list.push(
    {
      id: 'write',
      label: t('palette.write'),
      leftSection: icon(IconPencil),
      ...keyed('write'),
      onClick: () => openView('compose'),
    },
    {
      id: 'add-brand',
      label: t('palette.addBrand'),
      leftSection: icon(IconPlus),
      onClick: () => openView('desk', { dialog: 'add-brand' }),
    },
    {
      id: 'connect',
      label: t('palette.connect'),
      leftSection: icon(IconPlugConnected),
      onClick: () => openView('desk', { dialog: 'connect' }),
    },
    {
      id: 'import',
      label: t('palette.importCalendar'),
      leftSection: icon(IconTableImport),
      ...keyed('import'),
      onClick: () => openView('import'),
    },
    {
      id: 'yes-ask',
      label: t('yes:menuAsk'),
      leftSection: icon(IconFileCheck),
      onClick: () => openView('queue', { yesStep: 'ask' }),
    },
    {
      id: 'yes-read',
      label: t('yes:menuRead'),
      leftSection: icon(IconFileCheck),
      onClick: () => openView('queue', { yesStep: 'read' }),
    },
    {
      id: 'shortcuts',
      label: t('palette.shortcuts'),
      leftSection: icon(IconKeyboard),
      ...keyed('shortcuts'),
      onClick: () => commands.open('shortcuts'),
    },
    {
      id: 'help',
      label: t('help:title'),
      leftSection: icon(IconHelpCircle),
      ...keyed('help'),
      onClick: () => commands.open('help'),
    },
    {
      id: 'tour',
      label: tourName,
      leftSection: icon(IconRoute),
      onClick: () => commands.open('tour'),
    },
    {
      id: 'prove',
      label: t('palette.prove'),
      leftSection: icon(IconKeyboard),
      onClick: () => openView('settings'),
    },
    {
      id: 'drill',
      label: t('palette.drill'),
      description: t('palette.drillMore'),
      leftSection: icon(IconStopwatch),
      onClick: () => openView('stop', { part: 'drill' }),
    },
    {
      id: 'light',
      label: t('palette.toLight'),
      leftSection: icon(IconSun),
      onClick: () => settings.mutate({ theme: 'light' }),
    },
    {
      id: 'dark',
      label: t('palette.toDark'),
      leftSection: icon(IconMoon),
      onClick: () => settings.mutate({ theme: 'dark' }),
    },
    {
      id: 'en',
      label: t('palette.toEnglish'),
      leftSection: icon(IconLanguage),
      onClick: () => settings.mutate({ language: 'en' }),
    },
    {
      id: 'fr',
      label: t('palette.toFrench'),
      leftSection: icon(IconLanguage),
      onClick: () => settings.mutate({ language: 'fr' }),
    },
  );
  return [
    {
      group: t('palette.views'),
      actions: VIEWS.map((name) => ({
        id: `view-${name}`,
        label: t('palette.go', { view: t(`nav.${name}`) }),
        leftSection: icon(IconArrowRight),
        ...keyed(`view-${name}`),
        onClick: () => openView(name),
      })),
    },
    { group: t('palette.commands'), actions: list },
    {
      group: t('palette.brands'),
      actions: brands.map((brand) => ({
        id: `brand-${brand.id}`,
        label: t('palette.brandQueue', { name: brand.name }),
        description: brand.market,
        leftSection: icon(IconBuildingStore),
        onClick: () => openView('queue', { brandId: String(brand.id) }),
      })),
    },
    {
      group: t('palette.plans'),
      actions: brands.map((brand) => ({
        id: `plan-${brand.id}`,
        label: t('palette.brandPlan', { name: brand.name }),
        description: brand.market,
        leftSection: icon(IconClipboardText),
        onClick: () => openView('plan', { brandId: String(brand.id) }),
      })),
    },
  ];
}

import { Stack, Switch } from '@mantine/core';
import { IconMessage2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { unlessTold } from '../../../api/campaigns.ts';
import { templatesQuery } from '../../../api/templates.ts';
import { FromField, TemplateField, WaitOrSkip } from '../../campaigns/sending-fields.tsx';
import { isPart } from '../../segments/definition.ts';
import { BeforeField } from '../fields/before-field.tsx';
import { JsonField } from '../fields/json-field.tsx';
import { withField } from '../fields/set-field.ts';
import type { TileFormProps, TileLook } from './tile-look.ts';

/** Sends a message. */
export const sendLook: TileLook = {
  ...{ kind: 'send', label: 'Message', hint: 'Send a text, a WhatsApp or an email by a template' },
  ...{ Icon: IconMessage2, colour: 'dusk', base: 'message' },
  begin: { kind: 'send' },
  wayWords: (_tile, name) => (name === 'next' ? 'Sent' : undefined),
  writes: ['templateId', 'senderId', 'poolId', 'dataFields', 'quietHours', 'caps', 'waits', 'before'],
  Form: SendForm,
};

const delayOrSkip = (value: unknown, unlessSaid: 'delay' | 'skip') =>
  value === 'delay' || value === 'skip' ? value : unlessSaid;
const idOf = (value: unknown) => (typeof value === 'number' ? value : undefined);

function SendForm({ tile, onChange }: TileFormProps) {
  const { data: templates } = useQuery(templatesQuery);
  const { templateId, senderId, poolId, quietHours, caps, waits, dataFields } = tile;
  const before = isPart(tile.before) ? tile.before : undefined;
  return (
    <Stack>
      <TemplateField
        templateId={idOf(templateId)}
        onChange={(id) =>
          onChange(
            withField(withField({ ...tile, templateId: id }, 'senderId', undefined), 'poolId', undefined),
          )
        }
      />
      <FromField
        senderId={idOf(senderId)}
        poolId={idOf(poolId)}
        template={templates?.find((each) => each.templateId === templateId)}
        onChange={(from) =>
          onChange(withField(withField(tile, 'senderId', from.senderId), 'poolId', from.poolId))
        }
      />
      <WaitOrSkip
        label="When the law’s quiet hours stand against it"
        wait="Wait until the hours allow it"
        value={delayOrSkip(quietHours, unlessTold.quietHours)}
        onChange={(value) => onChange({ ...tile, quietHours: value })}
      />
      <WaitOrSkip
        label="When somebody had as many messages as the law or you allow"
        wait="Wait until they may get one again"
        value={delayOrSkip(caps, unlessTold.caps)}
        onChange={(value) => onChange({ ...tile, caps: value })}
      />
      <BeforeField
        before={before}
        onChange={(next, what) =>
          // Who is not held here is not waited for, so there is no end to it.
          onChange(withField(next ? withField(tile, 'waits', undefined) : tile, 'before', next), what)
        }
      />
      <Switch
        label="Hold people here until it has left"
        description="So that what comes after it never comes before it"
        checked={waits !== false}
        disabled={before !== undefined && waits !== false}
        onChange={(event) =>
          onChange(withField(tile, 'waits', event.currentTarget.checked ? undefined : false))
        }
      />
      <JsonField
        label="More fields for the template"
        description="As JSON; fields of the entry and of the profile are there without being named"
        value={dataFields}
        isObject
        onChange={(value) => onChange(withField(tile, 'dataFields', value), 'dataFields')}
      />
    </Stack>
  );
}

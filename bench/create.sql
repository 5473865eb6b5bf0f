-- One create as the relay commits it: the statements of TaskCreation in their order, with values of
-- the same sizes, each sent by itself. Ids grow with time as the relay's do. The numbers :first and
-- :accounts say whose money is held.
\set n :n + 1
\set tenant random(:first, :first + :accounts - 1)
\set id :n * 100 + :client_id
begin;
update account
  set available = available - 200000, held = held + 200000, open_tasks = open_tasks + 1
  where tenant_id = :tenant and available >= 200000 and (null::int is null or open_tasks < null::int);
update api_key set spent = spent + 200000
  where id = :tenant and tenant_id = :tenant and (spend_limit is null or spent + 200000 <= spend_limit);
insert into task (
    id, tenant_id, key_id, dialect, requested_model, served_model, request,
    client_reference, metadata, callback_url, warnings, parent_task_id, channel_pin,
    hold, price_snapshot, created_at, leave_queue_by, finish_by,
    version, owner_node, fence, state, state_body,
    attempts, progress, cancel_requested, updated_at)
  values (
    lpad((:id)::text, 26, '0'), :tenant, :tenant, 'unified', 'sora-2', 'sora-2',
    '{"prompt": "[slow 3600s] a cat plays the piano", "images": [], "options": {}, "orientation": "landscape", "size": "", "shape": {"ratio": "16:9", "lines": 720, "seconds": 4, "audio": false}}'::jsonb,
    null, '{}'::jsonb, null,
    '["Made by the sandbox: a test picture of ours, not the work of the model."]'::jsonb, null, null,
    200000,
    '{"model": "sora-2", "rule": 2, "version": 1, "kind": "per_second", "price": {"rates": [{"micros": 50000}]}, "factor_millionths": 1000000, "asked": {"lines": 720, "millis": 4000, "audio": false}}'::jsonb,
    now(), now() + interval '30 minutes', now() + interval '24 hours',
    0, '01m83psvt8e8gtj9kaxqvzdfp4', 1, 'queued', '{"declined": []}'::jsonb,
    0, 0, false, now());
insert into ledger_entry (tenant_id, task_id, kind, from_book, to_book, amount, closes,
    reason, at)
  values (:tenant, lpad((:id)::text, 26, '0'), 'hold', 'available', 'held', 200000, false,
    'task created', now());
commit;

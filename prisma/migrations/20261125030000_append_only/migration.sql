-- Append-only in the database itself: triggers for everybody (the owner too), privileges for the application.

-- ---------------------------------------------------------------- triggers

-- For each statement, so that one that would touch no row is refused as well.
CREATE FUNCTION append_only_refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION 'the table "%" is append-only: % is refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'insufficient_privilege',
          HINT = 'What was filed stays; a correction is a new record.';
END $$;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['records', 'log_leaves', 'log_tiles', 'log_checkpoints', 'log_cosignatures', 'erasures'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
                    FOR EACH STATEMENT EXECUTE FUNCTION append_only_refuse()', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['entries', 'record_documents'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON %I
                    FOR EACH STATEMENT EXECUTE FUNCTION append_only_refuse()', name);
  END LOOP;
END $$;

-- ---------------------------------------------------------------- erasure

-- An erasure needs its order: a signed record of type `erasure` that is in the log, is what its commitment says, and
-- names this record and its commitment. Orders themselves, and the keys that signatures name, are never erased.
CREATE FUNCTION erasure_needs_order() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  told jsonb;
  target public.records%ROWTYPE;
BEGIN
  SELECT e.text::jsonb INTO told
    FROM public.records r
    JOIN public.entries e ON e."recordId" = r.id
    JOIN public.log_leaves l ON l.commitment = r.commitment
   WHERE r.id = NEW."erasureRecordId" AND r.type = 'erasure'
     AND r.commitment = sha256(e.salt || convert_to(e.text, 'UTF8'));
  SELECT * INTO target FROM public.records WHERE id = NEW."recordId";
  IF told IS NULL OR target.id IS NULL
     OR told #>> '{record,id}' IS DISTINCT FROM NEW."erasureRecordId"::text
     OR told #>> '{record,type}' IS DISTINCT FROM 'erasure'
     OR told #>> '{record,data,recordId}' IS DISTINCT FROM NEW."recordId"::text
     OR told #>> '{record,data,commitment}' IS DISTINCT FROM encode(target.commitment, 'hex')
     OR jsonb_array_length(told -> 'signatures') = 0 THEN
    RAISE EXCEPTION 'the record % cannot be erased: % is not a signed erasure record for it in the log',
      NEW."recordId", NEW."erasureRecordId" USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF target.type IN ('erasure', 'signing-key') THEN
    RAISE EXCEPTION 'a record of type % is never erased', target.type USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER erasure_needs_order BEFORE INSERT ON erasures
  FOR EACH ROW EXECUTE FUNCTION erasure_needs_order();

CREATE FUNCTION erased_by_order_only() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM public.erasures WHERE "recordId" = OLD."recordId") THEN
    RAISE EXCEPTION 'the table "%" is append-only: DELETE is refused without an erasure record', TG_TABLE_NAME
      USING ERRCODE = 'insufficient_privilege', HINT = 'Only erase_entry() deletes here.';
  END IF;
  RETURN OLD;
END $$;

CREATE TRIGGER erased_by_order_only BEFORE DELETE ON entries
  FOR EACH ROW EXECUTE FUNCTION erased_by_order_only();
CREATE TRIGGER erased_by_order_only BEFORE DELETE ON record_documents
  FOR EACH ROW EXECUTE FUNCTION erased_by_order_only();

-- The only way by which the application erases. False when this record was erased before: repeating changes nothing.
CREATE FUNCTION erase_entry(record_id uuid, erasure_record_id uuid, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO public.erasures ("recordId", "erasureRecordId", "erasedAt")
  VALUES (record_id, erasure_record_id, at) ON CONFLICT ("recordId") DO NOTHING;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  DELETE FROM public.record_documents WHERE "recordId" = record_id;
  DELETE FROM public.entries WHERE "recordId" = record_id;
  RETURN true;
END $$;

REVOKE ALL ON FUNCTION erase_entry(uuid, uuid, timestamptz) FROM PUBLIC;

-- ---------------------------------------------------------------- the application's role

-- Roles belong to the whole cluster: another database, migrated at this moment, may make the same one.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'tenderproof_app') THEN
    CREATE ROLE tenderproof_app NOLOGIN;
  END IF;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN NULL;
  WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'the role tenderproof_app is missing, and % may not create roles', current_user
      USING HINT = 'As a database administrator: CREATE ROLE tenderproof_app NOLOGIN; then start again.';
END $$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO tenderproof_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO tenderproof_app;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO tenderproof_app;
GRANT INSERT ON records, entries, record_documents, log_leaves, log_tiles, log_checkpoints, log_cosignatures
  TO tenderproof_app;
GRANT INSERT, UPDATE, DELETE ON
  "user", session, account, verification, "rateLimit", organization, member, invitation,
  tenders, uploads, filings, anchors, chain_calls, chain_attempts, chain_openings, stage_closures,
  part_health, alarms, monitor_state, demo_personas
  TO tenderproof_app;
GRANT EXECUTE ON FUNCTION erase_entry(uuid, uuid, timestamptz) TO tenderproof_app;

-- Later tables: append-only until their migration grants more.
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT ON TABLES TO tenderproof_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO tenderproof_app;

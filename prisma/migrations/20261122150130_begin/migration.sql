-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "emailVerified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "token" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "ipAddress" TEXT,
    "userAgent" TEXT,
    "userId" TEXT NOT NULL,
    "activeOrganizationId" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "providerId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "accessToken" TEXT,
    "refreshToken" TEXT,
    "idToken" TEXT,
    "accessTokenExpiresAt" TIMESTAMPTZ(3),
    "refreshTokenExpiresAt" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rateLimit" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "lastRequest" BIGINT NOT NULL,

    CONSTRAINT "rateLimit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organization" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "logo" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "metadata" TEXT,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT,
    "status" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "inviterId" TEXT NOT NULL,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tenders" (
    "id" UUID NOT NULL,
    "ocid" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "draft" JSONB,
    "phase" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "buyerName" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "category" TEXT,
    "valueAmount" DECIMAL(18,2),
    "valueCurrency" TEXT,
    "publishedAt" TIMESTAMPTZ(3),
    "bidsDue" TIMESTAMPTZ(3),
    "searchText" TEXT NOT NULL,
    "wakeAt" TIMESTAMPTZ(3),
    "stuck" TEXT,
    "robots" JSONB,

    CONSTRAINT "tenders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "records" (
    "id" UUID NOT NULL,
    "filing" BIGSERIAL NOT NULL,
    "type" TEXT NOT NULL,
    "tenderId" UUID,
    "stage" INTEGER,
    "round" INTEGER,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "commitment" BYTEA NOT NULL,
    "promise" JSONB NOT NULL,
    "personId" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,

    CONSTRAINT "records_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "entries" (
    "recordId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "salt" BYTEA NOT NULL,

    CONSTRAINT "entries_pkey" PRIMARY KEY ("recordId")
);

-- CreateTable
CREATE TABLE "record_documents" (
    "id" UUID NOT NULL,
    "recordId" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "storageKey" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "size" BIGINT NOT NULL,

    CONSTRAINT "record_documents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "uploads" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "tenderId" UUID NOT NULL,
    "personId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "sha256" TEXT NOT NULL,
    "storageKey" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "usedBy" UUID,

    CONSTRAINT "uploads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "filings" (
    "id" BIGSERIAL NOT NULL,
    "commitment" BYTEA NOT NULL,
    "filedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "filings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "log_leaves" (
    "index" BIGINT NOT NULL,
    "commitment" BYTEA NOT NULL,

    CONSTRAINT "log_leaves_pkey" PRIMARY KEY ("index")
);

-- CreateTable
CREATE TABLE "log_tiles" (
    "level" INTEGER NOT NULL,
    "index" BIGINT NOT NULL,
    "width" INTEGER NOT NULL,
    "data" BYTEA NOT NULL,

    CONSTRAINT "log_tiles_pkey" PRIMARY KEY ("level","index","width")
);

-- CreateTable
CREATE TABLE "log_checkpoints" (
    "treeSize" BIGINT NOT NULL,
    "rootHash" BYTEA NOT NULL,
    "note" TEXT NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_checkpoints_pkey" PRIMARY KEY ("treeSize")
);

-- CreateTable
CREATE TABLE "anchors" (
    "index" INTEGER NOT NULL,
    "treeSize" BIGINT NOT NULL,
    "rootHash" BYTEA NOT NULL,
    "time" TIMESTAMPTZ(0) NOT NULL,
    "blockNumber" INTEGER NOT NULL,
    "blockHash" TEXT NOT NULL,
    "transactionHash" TEXT NOT NULL,

    CONSTRAINT "anchors_pkey" PRIMARY KEY ("index")
);

-- CreateTable
CREATE TABLE "chain_calls" (
    "id" UUID NOT NULL,
    "dedupe" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "tenderId" UUID,
    "data" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "status" TEXT NOT NULL,
    "nonce" INTEGER,
    "raw" TEXT,
    "hash" TEXT,
    "error" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "sentAt" TIMESTAMPTZ(3),
    "minedAt" TIMESTAMPTZ(3),
    "blockNumber" INTEGER,

    CONSTRAINT "chain_calls_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chain_openings" (
    "tenderId" UUID NOT NULL,
    "notice" BYTEA NOT NULL,
    "keyset" BYTEA NOT NULL,
    "bidsDue" TIMESTAMPTZ(0) NOT NULL,
    "standstill" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(0) NOT NULL,
    "blockNumber" INTEGER NOT NULL,
    "transactionHash" TEXT NOT NULL,
    "award" BYTEA,
    "standstillEnds" TIMESTAMPTZ(0),
    "announcedAt" TIMESTAMPTZ(0),

    CONSTRAINT "chain_openings_pkey" PRIMARY KEY ("tenderId")
);

-- CreateTable
CREATE TABLE "stage_closures" (
    "key" TEXT NOT NULL,
    "stage" INTEGER NOT NULL,
    "round" INTEGER NOT NULL,
    "tenderId" UUID NOT NULL,
    "rootHash" BYTEA NOT NULL,
    "count" INTEGER NOT NULL,
    "anchorIndex" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(0) NOT NULL,
    "blockNumber" INTEGER NOT NULL,
    "transactionHash" TEXT NOT NULL,
    "leaves" JSONB NOT NULL,
    "reason" TEXT,

    CONSTRAINT "stage_closures_pkey" PRIMARY KEY ("key","stage","round")
);

-- CreateTable
CREATE TABLE "demo_personas" (
    "slug" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "password" TEXT NOT NULL,
    "keySeed" TEXT,
    "position" INTEGER NOT NULL,

    CONSTRAINT "demo_personas_pkey" PRIMARY KEY ("slug")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_userId_idx" ON "session"("userId");

-- CreateIndex
CREATE INDEX "account_userId_idx" ON "account"("userId");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "rateLimit_key_key" ON "rateLimit"("key");

-- CreateIndex
CREATE UNIQUE INDEX "organization_slug_key" ON "organization"("slug");

-- CreateIndex
CREATE INDEX "member_userId_idx" ON "member"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "member_organizationId_userId_key" ON "member"("organizationId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "tenders_ocid_key" ON "tenders"("ocid");

-- CreateIndex
CREATE INDEX "tenders_wakeAt_idx" ON "tenders"("wakeAt");

-- CreateIndex
CREATE INDEX "tenders_phase_bidsDue_idx" ON "tenders"("phase", "bidsDue");

-- CreateIndex
CREATE UNIQUE INDEX "records_filing_key" ON "records"("filing");

-- CreateIndex
CREATE UNIQUE INDEX "records_commitment_key" ON "records"("commitment");

-- CreateIndex
CREATE INDEX "records_tenderId_filing_idx" ON "records"("tenderId", "filing");

-- CreateIndex
CREATE INDEX "record_documents_sha256_idx" ON "record_documents"("sha256");

-- CreateIndex
CREATE INDEX "uploads_tenderId_kind_idx" ON "uploads"("tenderId", "kind");

-- CreateIndex
CREATE INDEX "uploads_sha256_idx" ON "uploads"("sha256");

-- CreateIndex
CREATE UNIQUE INDEX "filings_commitment_key" ON "filings"("commitment");

-- CreateIndex
CREATE UNIQUE INDEX "log_leaves_commitment_key" ON "log_leaves"("commitment");

-- CreateIndex
CREATE INDEX "anchors_treeSize_idx" ON "anchors"("treeSize");

-- CreateIndex
CREATE INDEX "anchors_time_idx" ON "anchors"("time");

-- CreateIndex
CREATE UNIQUE INDEX "chain_calls_dedupe_key" ON "chain_calls"("dedupe");

-- CreateIndex
CREATE INDEX "chain_calls_status_createdAt_idx" ON "chain_calls"("status", "createdAt");

-- CreateIndex
CREATE INDEX "chain_calls_tenderId_idx" ON "chain_calls"("tenderId");

-- CreateIndex
CREATE INDEX "stage_closures_tenderId_idx" ON "stage_closures"("tenderId");

-- CreateIndex
CREATE UNIQUE INDEX "demo_personas_userId_key" ON "demo_personas"("userId");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "records" ADD CONSTRAINT "records_tenderId_fkey" FOREIGN KEY ("tenderId") REFERENCES "tenders"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entries" ADD CONSTRAINT "entries_recordId_fkey" FOREIGN KEY ("recordId") REFERENCES "records"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "record_documents" ADD CONSTRAINT "record_documents_recordId_fkey" FOREIGN KEY ("recordId") REFERENCES "records"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chain_openings" ADD CONSTRAINT "chain_openings_tenderId_fkey" FOREIGN KEY ("tenderId") REFERENCES "tenders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- DropForeignKey
ALTER TABLE "records" DROP CONSTRAINT "records_tenderId_fkey";

-- CreateTable
CREATE TABLE "erasures" (
    "recordId" UUID NOT NULL,
    "erasureRecordId" UUID NOT NULL,
    "erasedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "erasures_pkey" PRIMARY KEY ("recordId")
);

-- CreateTable
CREATE TABLE "log_cosignatures" (
    "treeSize" BIGINT NOT NULL,
    "keyName" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "time" TIMESTAMPTZ(0) NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_cosignatures_pkey" PRIMARY KEY ("treeSize","keyName","keyId")
);

-- CreateTable
CREATE TABLE "chain_attempts" (
    "hash" TEXT NOT NULL,
    "callId" UUID NOT NULL,
    "nonce" INTEGER NOT NULL,
    "raw" TEXT NOT NULL,
    "gasLimit" BIGINT NOT NULL,
    "maxFeePerGas" BIGINT NOT NULL,
    "maxPriorityFeePerGas" BIGINT NOT NULL,
    "signedAt" TIMESTAMPTZ(3) NOT NULL,
    "sentAt" TIMESTAMPTZ(3),

    CONSTRAINT "chain_attempts_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "part_health" (
    "part" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "checkedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "part_health_pkey" PRIMARY KEY ("part")
);

-- CreateTable
CREATE TABLE "alarms" (
    "id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "raisedAt" TIMESTAMPTZ(3) NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,
    "clearedAt" TIMESTAMPTZ(3),

    CONSTRAINT "alarms_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "monitor_state" (
    "id" INTEGER NOT NULL,
    "state" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "monitor_state_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "erasures_erasureRecordId_idx" ON "erasures"("erasureRecordId");

-- CreateIndex
CREATE INDEX "chain_attempts_callId_idx" ON "chain_attempts"("callId");

-- CreateIndex
CREATE INDEX "alarms_clearedAt_raisedAt_idx" ON "alarms"("clearedAt", "raisedAt");

-- AddForeignKey
ALTER TABLE "records" ADD CONSTRAINT "records_tenderId_fkey" FOREIGN KEY ("tenderId") REFERENCES "tenders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "erasures" ADD CONSTRAINT "erasures_recordId_fkey" FOREIGN KEY ("recordId") REFERENCES "records"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "erasures" ADD CONSTRAINT "erasures_erasureRecordId_fkey" FOREIGN KEY ("erasureRecordId") REFERENCES "records"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chain_attempts" ADD CONSTRAINT "chain_attempts_callId_fkey" FOREIGN KEY ("callId") REFERENCES "chain_calls"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

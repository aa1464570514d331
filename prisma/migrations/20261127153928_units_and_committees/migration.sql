-- AlterTable
ALTER TABLE "records" ADD COLUMN     "lot" TEXT,
ADD COLUMN     "part" TEXT;

-- CreateTable
CREATE TABLE "chain_units" (
    "key" TEXT NOT NULL,
    "tenderId" UUID NOT NULL,
    "lot" TEXT NOT NULL,
    "part" TEXT NOT NULL,
    "time" TIMESTAMPTZ(0) NOT NULL,
    "blockNumber" INTEGER NOT NULL,
    "transactionHash" TEXT NOT NULL,
    "award" BYTEA,
    "standstillEnds" TIMESTAMPTZ(0),
    "announcedAt" TIMESTAMPTZ(0),

    CONSTRAINT "chain_units_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "chain_committees" (
    "tenderId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "keyset" BYTEA NOT NULL,
    "time" TIMESTAMPTZ(0) NOT NULL,
    "blockNumber" INTEGER NOT NULL,
    "transactionHash" TEXT NOT NULL,

    CONSTRAINT "chain_committees_pkey" PRIMARY KEY ("tenderId","version")
);

-- CreateIndex
CREATE INDEX "chain_units_tenderId_idx" ON "chain_units"("tenderId");

-- AddForeignKey
ALTER TABLE "chain_units" ADD CONSTRAINT "chain_units_tenderId_fkey" FOREIGN KEY ("tenderId") REFERENCES "tenders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chain_committees" ADD CONSTRAINT "chain_committees_tenderId_fkey" FOREIGN KEY ("tenderId") REFERENCES "tenders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Read back from the chain, and taken back when a reorganisation drops a block.
GRANT INSERT, UPDATE, DELETE ON chain_units, chain_committees TO tenderproof_app;

-- The key sets of tenders that were published before this migration.
INSERT INTO chain_committees ("tenderId", version, keyset, time, "blockNumber", "transactionHash")
SELECT "tenderId", 0, keyset, time, "blockNumber", "transactionHash" FROM chain_openings;

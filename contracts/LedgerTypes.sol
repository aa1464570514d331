// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title What the ledger stores, announces and refuses
/// @notice Times are seconds since 1970 (`block.timestamp`). A record whose `time` is 0 was never written.
/// Everything that must be verifiable in ten years is in these structs, in storage: events are conveniences, and many
/// nodes prune them.
interface LedgerTypes {
    /// @notice One anchor of the registry log: size and root of its RFC 9162 tree, and when the chain learnt of them.
    struct Anchor {
        uint64 treeSize;
        uint64 time;
        bytes32 rootHash;
    }

    /// @notice A published process. `bidsDue` is the due time now in force (see `bidsDueAt` for its history);
    /// `standstill` is in seconds; `committees` and `dueTimes` count the versions of the key set and of the due time.
    struct Tender {
        bytes32 notice;
        uint64 bidsDue;
        uint32 standstill;
        uint32 committees;
        uint32 dueTimes;
        uint64 time;
        uint64 blockNumber;
    }

    /// @notice One version of the opening committee: the hash of its key set (protocol section 7).
    struct Committee {
        bytes32 keyset;
        uint64 time;
        uint64 blockNumber;
    }

    /// @notice One version of the due time; `amendment` commits to the record that moved it (the notice, for the first).
    struct DueTime {
        uint64 bidsDue;
        uint64 time;
        bytes32 amendment;
    }

    /// @notice A closed stage: root and number of leaves of its tree, all of which lie below the anchor's tree size.
    struct StageRecord {
        bytes32 rootHash;
        uint64 count;
        uint64 anchorIndex;
        uint64 time;
        uint64 blockNumber;
    }

    /// @notice The announcement of an intended award, and when the standstill it began is over.
    struct Award {
        bytes32 commitment;
        uint64 standstillEnds;
        uint64 time;
        uint64 blockNumber;
    }

    /// @notice The end of a process before its time. `stage` is the stage that was frozen as it stood.
    struct Cancellation {
        bytes32 commitment;
        uint8 stage;
        uint64 time;
        uint64 blockNumber;
    }

    /// @notice A part of a process with an opening of its own, and all stages after it: a lot, or an envelope part of it.
    /// `after_` is the unit whose evaluation must be closed before this one opens; 0 for none.
    struct Unit {
        bytes32 process;
        bytes32 after_;
        uint64 time;
        uint64 blockNumber;
    }

    /// @notice One hold of a process or a unit. `byReviewer`: only the review body may release it. `releasedAt` is 0 while
    /// it lasts; `release` then commits to the record that ended it.
    struct Hold {
        bytes32 commitment;
        bytes32 release;
        uint64 since;
        uint64 releasedAt;
        bool byReviewer;
    }

    /// @notice The decision by which a round of a stage began.
    struct Reopening {
        bytes32 commitment;
        uint64 time;
        uint64 blockNumber;
        bool byReviewer;
    }

    /// @notice The announced end of this contract: anchors after `lastGoodAnchor` prove nothing.
    struct Retirement {
        address successor;
        uint64 lastGoodAnchor;
        uint64 announcedAt;
        uint64 effectiveAt;
    }

    event LogExtended(uint256 indexed anchorIndex, uint64 treeSize, bytes32 rootHash);
    event TenderOpened(
        bytes32 indexed process, bytes32 notice, uint64 bidsDue, uint32 standstill, bytes32 keyset
    );
    event BidsDueExtended(bytes32 indexed process, uint64 bidsDue, bytes32 amendment);
    /// @notice What was closed is in `stageAt(key, stage, round)`, and not paid for twice.
    event StageClosed(bytes32 indexed key, uint8 indexed stage, uint32 round);
    event AwardAnnounced(bytes32 indexed key, uint32 round, bytes32 commitment, uint64 standstillEnds);
    event ProcessCancelled(bytes32 indexed key, uint8 indexed stage, bytes32 rootHash, uint64 count, bytes32 commitment);
    event CommitteeChanged(bytes32 indexed process, uint32 version, bytes32 keyset);
    event UnitOpened(bytes32 indexed process, bytes32 indexed unit, bytes32 after_);
    event HeldUp(bytes32 indexed key, bytes32 commitment, bool byReviewer);
    event Released(bytes32 indexed key, bytes32 commitment, uint64 since);
    event StandstillMoved(bytes32 indexed key, uint32 round, uint64 standstillEnds);
    event StageReopened(bytes32 indexed key, uint8 indexed stage, uint32 round, bytes32 commitment);
    event RetirementAnnounced(address successor, uint256 lastGoodAnchor, uint64 effectiveAt);
    event BidCommitted(bytes32 indexed process, bytes32 indexed envelope, uint64 time);

    /// @notice The chain has no SHA-256 precompile at address 2: every proof would be checked against noise.
    error Sha256Missing();
    /// @notice An account holds at most one role, so that one stolen key never has two powers.
    error AccountHasAnotherRole(address account, bytes32 heldRole);
    /// @notice Zero stands for "never written", so it can be no hash.
    error ZeroHash();

    error LogSizeMismatch(uint64 anchoredSize, uint64 givenSize);
    error LogDidNotGrow(uint64 oldSize, uint64 newSize);
    error TooManyLeaves(uint64 leaves, uint64 most);
    error InvalidConsistencyProof();
    error UnknownAnchor(uint256 anchorIndex, uint256 anchorCount);

    error TenderAlreadyOpen(bytes32 process);
    error UnknownTender(bytes32 process);
    error UnknownVersion(uint256 index, uint256 count);
    /// @notice No time later than `latest` is taken: holds move times on, and their sums must never run over.
    error TimeTooFar(uint64 time, uint64 latest);
    error DueTimeNotInFuture(uint64 bidsDue, uint64 time);
    error DueTimeNotLater(uint64 bidsDue, uint64 newDue);
    error BidsAlreadyDue(uint64 bidsDue, uint64 time);
    error BidsNotDue(uint64 bidsDue, uint64 time);
    error AlreadyCancelled(bytes32 key);

    error UnitAlreadyOpen(bytes32 unit);
    error TooManyUnits(bytes32 process, uint256 most);
    error UnitOfAnotherProcess(bytes32 unit, bytes32 process);
    error OpeningAlreadyClosed(bytes32 process);
    error ProcessHasUnits(bytes32 process);
    error StageOfProcess(bytes32 unit, uint8 stage);
    error BidsNotClosed(bytes32 process);
    error UnitNotEvaluated(bytes32 unit);

    error OnHold(bytes32 key);
    error NotOnHold(bytes32 key);
    error ReviewersHold(bytes32 key);
    error NotReopenable(bytes32 key, uint8 stage);
    error StageNotClosed(bytes32 key, uint8 stage);
    error TooManyRounds(bytes32 key);

    error InvalidSuccessor(address successor);
    error AlreadyRetiring(uint64 effectiveAt);
    error Retired(uint64 effectiveAt);

    error UnknownStage(uint8 stage);
    error StageAlreadyClosed(bytes32 key, uint8 stage);
    error StageOutOfOrder(uint8 nextStage, uint8 givenStage);
    error CountAboveAnchor(uint64 count, uint64 treeSize);
    error EmptyRootMismatch(uint64 count, bytes32 root);
    error NotFirstAnchorAfterDue(uint256 anchorIndex, uint64 bidsDue);
    error OpeningInBlockOfBids(uint64 blockNumber);
    error EvaluationNotClosed(bytes32 key);
    error AwardAlreadyAnnounced(bytes32 key, uint32 round);
    error AwardNotAnnounced(bytes32 key, uint32 round);
    error StandstillTooShort(uint64 earliestEnd, uint64 givenEnd);
    error StandstillNotOver(uint64 standstillEnds, uint64 time);
}

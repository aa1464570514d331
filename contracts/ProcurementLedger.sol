// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LedgerRoles} from "./LedgerRoles.sol";
import {RegistryLog} from "./RegistryLog.sol";
import {Rfc9162} from "./lib/Rfc9162.sol";

/// @title The public-procurement ledger
/// @notice Fixes, for every process, what was in each stage and in which order the stages closed. It holds hashes and
/// times only. No proxy, no upgrade, no owner of its data: what is written stays.
/// Stages: planning 0, tender 1, bids 2, opening 3, evaluation 4, award 5, contract 6, implementation 7.
/// A process is known by key = SHA-256(ocid).
contract ProcurementLedger is RegistryLog {
    uint8 private constant TENDER = 1;
    uint8 private constant BIDS = 2;
    uint8 private constant OPENING = 3;
    uint8 private constant AWARD = 5;
    uint8 private constant STAGES = 8;

    mapping(bytes32 process => Tender) private _tenders;
    bytes32[] private _processes;
    mapping(bytes32 unit => Unit) private _units;
    mapping(bytes32 process => bytes32[]) private _unitsOf;
    mapping(bytes32 process => Committee[]) private _committees;
    mapping(bytes32 process => DueTime[]) private _dueTimes;
    mapping(bytes32 process => mapping(bytes32 envelope => uint64)) private _bidTimes;
    /// @dev The stage that may close next; STAGES when all are closed.
    mapping(bytes32 key => uint8) private _nextStage;
    mapping(bytes32 key => mapping(uint8 stage => uint32)) private _rounds;
    mapping(bytes32 key => mapping(uint8 stage => mapping(uint32 round => StageRecord))) private _stages;
    mapping(bytes32 key => mapping(uint32 round => Award)) private _awards;
    mapping(bytes32 key => Cancellation) private _cancellations;

    constructor(address admin, address anchorer, address registrar, address reviewer)
        LedgerRoles(admin, anchorer, registrar, reviewer)
    {}

    /// @notice Publishes a tender: this call, mined, is the publication. Caller: REGISTRAR.
    /// @param process SHA-256 of the ocid.
    /// @param notice Commitment of the notice's record.
    /// @param bidsDue When bids are due, in seconds since 1970; in the future.
    /// @param standstill Shortest time between announcing and awarding, in seconds.
    /// @param keyset Hash of the opening committee's key set, version 0 of `committeeAt`.
    function openTender(bytes32 process, bytes32 notice, uint64 bidsDue, uint32 standstill, bytes32 keyset)
        external
        onlyRole(REGISTRAR)
    {
        if (process == 0 || notice == 0 || keyset == 0) revert ZeroHash();
        if (_tenders[process].time != 0) revert TenderAlreadyOpen(process);
        if (bidsDue <= block.timestamp) revert DueTimeNotInFuture(bidsDue, _now());
        _tenders[process] = Tender(notice, bidsDue, standstill, 1, 1, _now(), uint64(block.number));
        _committees[process].push(Committee(keyset, _now(), uint64(block.number)));
        _dueTimes[process].push(DueTime(bidsDue, _now(), notice));
        _processes.push(process);
        emit TenderOpened(process, notice, bidsDue, standstill, keyset);
    }

    /// @notice Moves the due time later, while bids are not yet due. Caller: REGISTRAR.
    function extendBidsDue(bytes32 process, uint64 newDue, bytes32 amendment) external onlyRole(REGISTRAR) {
        Tender storage tender = _activeTender(process);
        if (amendment == 0) revert ZeroHash();
        if (block.timestamp >= tender.bidsDue) revert BidsAlreadyDue(tender.bidsDue, _now());
        if (newDue <= tender.bidsDue) revert DueTimeNotLater(tender.bidsDue, newDue);
        tender.bidsDue = newDue;
        tender.dueTimes += 1;
        _dueTimes[process].push(DueTime(newDue, _now(), amendment));
        emit BidsDueExtended(process, newDue, amendment);
    }

    /// @notice Registers a lot, or an envelope part of one, that is opened and awarded by itself, before the process's own
    /// opening is closed; from then on the process as a whole can be neither opened nor awarded. Caller: REGISTRAR.
    /// @param unit SHA-256(process ‖ SHA-256(lot) ‖ SHA-256(part)), computed off chain.
    /// @param afterUnit A unit of this process whose evaluation must be closed before this one opens; 0 for none.
    function openUnit(bytes32 process, bytes32 unit, bytes32 afterUnit) external onlyRole(REGISTRAR) {
        _activeTender(process);
        if (unit == 0) revert ZeroHash();
        if (_units[unit].time != 0 || _tenders[unit].time != 0) revert UnitAlreadyOpen(unit);
        if (_nextStage[process] > OPENING) revert StageAlreadyClosed(process, OPENING);
        if (afterUnit != 0 && _units[afterUnit].process != process) revert UnknownUnit(process, afterUnit);
        _units[unit] = Unit(process, afterUnit, _now(), uint64(block.number));
        _unitsOf[process].push(unit);
        emit UnitOpened(process, unit, afterUnit);
    }

    /// @notice Notes on chain, before bids are due, that an envelope with this SHA-256 exists. Caller: anyone.
    /// @dev Not a bid by itself: the envelope must also have been handed in on time. Repeating keeps the first time and
    /// succeeds, so nobody can make a bidder's transaction fail by sending the same hash ahead of it.
    function commitBid(bytes32 process, bytes32 envelope) external {
        Tender storage tender = _activeTender(process);
        if (envelope == 0) revert ZeroHash();
        if (block.timestamp >= tender.bidsDue) revert BidsAlreadyDue(tender.bidsDue, _now());
        if (_bidTimes[process][envelope] != 0) return;
        _bidTimes[process][envelope] = _now();
        emit BidCommitted(process, envelope, _now());
    }

    /// @notice Closes a stage of the current round for good. Caller: REGISTRAR.
    /// @param key SHA-256(ocid).
    /// @param stage The next stage in order; a closed one cannot be closed again in its round.
    /// @param root RFC 9162 root over the stage's commitments in log order; of no leaves: SHA-256("").
    /// @param count Number of its leaves.
    /// @param anchorIndex An anchor below whose size every leaf lies. For `bids` it must be the first anchor that was
    /// made at or after the due time: then nothing filed later can be in it.
    /// @dev `tender` and `bids` close once bids are due; `opening` in a later block than `bids`, so that shares are never
    /// released for a set of bids that a reorganisation of the same block could change; `award` after the standstill.
    function closeStage(bytes32 key, uint8 stage, bytes32 root, uint64 count, uint256 anchorIndex)
        external
        onlyRole(REGISTRAR)
    {
        Tender storage tender = _activeTender(key);
        _requireNext(key, stage);
        if (stage == TENDER || stage == BIDS) {
            if (block.timestamp < tender.bidsDue) revert BidsNotDue(tender.bidsDue, _now());
        }
        if (stage == BIDS) _requireFirstAnchorAfter(anchorIndex, tender.bidsDue);
        if (stage == OPENING) {
            if (_unitsOf[key].length != 0) revert ProcessHasUnits(key);
            uint64 bidsBlock = stageOf(key, BIDS).blockNumber;
            if (block.number <= bidsBlock) revert OpeningInBlockOfBids(bidsBlock);
        }
        if (stage == AWARD) _requireStandstillOver(key);
        _freeze(key, stage, root, count, anchorIndex);
        _nextStage[key] = stage + 1;
        emit StageClosed(key, stage, _rounds[key][stage], root, count, anchorIndex);
    }

    /// @notice Announces the intended award and starts the standstill; once a round. Caller: REGISTRAR.
    /// @param commitment Commitment of the announcement's record.
    /// @param standstillEnds Not before now + the tender's standstill.
    function announceAward(bytes32 key, bytes32 commitment, uint64 standstillEnds) external onlyRole(REGISTRAR) {
        Tender storage tender = _activeTender(key);
        if (commitment == 0) revert ZeroHash();
        if (_nextStage[key] < AWARD) revert EvaluationNotClosed(key);
        if (_nextStage[key] > AWARD) revert StageAlreadyClosed(key, AWARD);
        uint32 round = _rounds[key][AWARD];
        if (_awards[key][round].time != 0) revert AwardAlreadyAnnounced(key, round);
        uint64 earliest = _now() + tender.standstill;
        if (standstillEnds < earliest) revert StandstillTooShort(earliest, standstillEnds);
        _awards[key][round] = Award(commitment, standstillEnds, _now(), uint64(block.number));
        emit AwardAnnounced(key, round, commitment, standstillEnds);
    }

    /// @notice Ends a process before its time and freezes the stage it stood in, against the last anchor: nothing closes
    /// after it, and what had been filed stays provable. Caller: REGISTRAR.
    /// @param stage The next stage to close, before or after bids are due.
    /// @dev A `bids` stage frozen so is not a closed one: members must see `cancellationOf(key).time == 0` before they
    /// release a share.
    function cancel(bytes32 key, uint8 stage, bytes32 root, uint64 count, bytes32 commitment)
        external
        onlyRole(REGISTRAR)
    {
        _activeTender(key);
        if (commitment == 0) revert ZeroHash();
        _requireNext(key, stage);
        _freeze(key, stage, root, count, _latestAnchorIndex());
        _cancellations[key] = Cancellation(commitment, stage, _now(), uint64(block.number));
        emit ProcessCancelled(key, stage, root, count, commitment);
    }

    /// @notice The tender of a process; all zero when it was never opened.
    function tenderOf(bytes32 process) external view returns (Tender memory) {
        return _tenders[process];
    }

    /// @notice How many processes were ever published: with `processAt`, the complete list, independent of events.
    function processCount() external view returns (uint256) {
        return _processes.length;
    }

    /// @notice Process number `index`, from 0, in order of publication.
    function processAt(uint256 index) external view returns (bytes32) {
        uint256 count = _processes.length;
        if (index >= count) revert UnknownIndex(index, count);
        return _processes[index];
    }

    /// @notice How many units a process has; 0 when it is opened and awarded as a whole.
    function unitCount(bytes32 process) external view returns (uint256) {
        return _unitsOf[process].length;
    }

    /// @notice Unit number `index` of a process, from 0, in order of registration.
    function unitAt(bytes32 process, uint256 index) external view returns (bytes32) {
        uint256 count = _unitsOf[process].length;
        if (index >= count) revert UnknownIndex(index, count);
        return _unitsOf[process][index];
    }

    /// @notice The registration of a unit; all zero when there is none.
    function unitOf(bytes32 unit) external view returns (Unit memory) {
        return _units[unit];
    }

    /// @notice Version `index` of the opening committee's key set; 0 is the one of `openTender`.
    function committeeAt(bytes32 process, uint256 index) external view returns (Committee memory) {
        uint256 count = _committees[process].length;
        if (index >= count) revert UnknownVersion(index, count);
        return _committees[process][index];
    }

    /// @notice Version `index` of the due time; 0 is the one of `openTender`.
    function bidsDueAt(bytes32 process, uint256 index) external view returns (DueTime memory) {
        uint256 count = _dueTimes[process].length;
        if (index >= count) revert UnknownVersion(index, count);
        return _dueTimes[process][index];
    }

    /// @notice When `commitBid` first noted this envelope; 0 when it never did.
    function bidCommittedAt(bytes32 process, bytes32 envelope) external view returns (uint64) {
        return _bidTimes[process][envelope];
    }

    /// @notice A stage as closed in its current round; all zero while it is open.
    function stageOf(bytes32 key, uint8 stage) public view returns (StageRecord memory) {
        return _stages[key][stage][_rounds[key][stage]];
    }

    /// @notice A stage as closed in a given round; all zero when it was not.
    function stageAt(bytes32 key, uint8 stage, uint32 round) external view returns (StageRecord memory) {
        return _stages[key][stage][round];
    }

    /// @notice The current round of a stage, from 0.
    function roundOf(bytes32 key, uint8 stage) external view returns (uint32) {
        return _rounds[key][stage];
    }

    /// @notice The award announced in the current round; all zero while there is none.
    function awardOf(bytes32 key) external view returns (Award memory) {
        return _awards[key][_rounds[key][AWARD]];
    }

    /// @notice How the process was cancelled; all zero when it was not.
    function cancellationOf(bytes32 key) external view returns (Cancellation memory) {
        return _cancellations[key];
    }

    function _freeze(bytes32 key, uint8 stage, bytes32 root, uint64 count, uint256 anchorIndex) private {
        uint64 treeSize = anchorAt(anchorIndex).treeSize;
        if (count > treeSize) revert CountAboveAnchor(count, treeSize);
        if ((count == 0) != (root == Rfc9162.EMPTY_ROOT)) revert EmptyRootMismatch(count, root);
        if (root == 0) revert ZeroHash();
        uint32 round = _rounds[key][stage];
        _stages[key][stage][round] =
            StageRecord(root, count, uint64(anchorIndex), _now(), uint64(block.number));
    }

    function _activeTender(bytes32 process) private view returns (Tender storage tender) {
        tender = _tenders[process];
        if (tender.time == 0) revert UnknownTender(process);
        if (_cancellations[process].time != 0) revert AlreadyCancelled(process);
    }

    function _requireNext(bytes32 key, uint8 stage) private view {
        if (stage >= STAGES) revert UnknownStage(stage);
        uint8 next = _nextStage[key];
        if (stage < next) revert StageAlreadyClosed(key, stage);
        if (stage > next) revert StageOutOfOrder(next, stage);
    }

    function _requireFirstAnchorAfter(uint256 anchorIndex, uint64 bidsDue) private view {
        bool late = anchorAt(anchorIndex).time >= bidsDue;
        bool first = anchorIndex == 0 || anchorAt(anchorIndex - 1).time < bidsDue;
        if (!late || !first) revert NotFirstAnchorAfterDue(anchorIndex, bidsDue);
    }

    function _requireStandstillOver(bytes32 key) private view {
        uint32 round = _rounds[key][AWARD];
        Award storage award = _awards[key][round];
        if (award.time == 0) revert AwardNotAnnounced(key, round);
        if (block.timestamp < award.standstillEnds) revert StandstillNotOver(award.standstillEnds, _now());
    }

    function _now() private view returns (uint64) {
        return uint64(block.timestamp);
    }
}

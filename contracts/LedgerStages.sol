// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LedgerHolds} from "./LedgerHolds.sol";
import {Holder, Kind, Status, StatusWord} from "./lib/Status.sol";

/// @title Stages, units and rounds
/// @notice In which order the stages of a process and of its units close, what was in them, and how a round begins.
/// Stages: planning 0, tender 1, bids 2, opening 3, evaluation 4, award 5, contract 6, implementation 7.
abstract contract LedgerStages is LedgerHolds {
    /// @notice Most units a process may have: releasing a hold of the process walks through them.
    uint256 public constant MAX_UNITS = 256;

    mapping(bytes32 key => Cancellation) private _cancellations;
    mapping(bytes32 key => mapping(uint8 stage => mapping(uint32 round => Reopening))) private _reopenings;

    /// @notice Divides a process: from `opening` on this unit has stages of its own. Caller: REGISTRAR.
    /// @param process SHA-256 of the ocid.
    /// @param unit SHA-256(process ‖ SHA-256(lot) ‖ SHA-256(part)).
    /// @param after_ A unit of the same process whose `evaluation` must be closed before this one opens (the technical
    /// part, for a financial one); 0 for none.
    function openUnit(bytes32 process, bytes32 unit, bytes32 after_) external onlyRole(REGISTRAR) {
        Status status = _activeProcess(process);
        if (!status.heldBy(Holder.Nobody)) revert OnHold(process);
        if (unit == 0) revert ZeroHash();
        if (status.nextStage() > OPENING) revert OpeningAlreadyClosed(process);
        if (!_status[unit].isA(Kind.None)) revert UnitAlreadyOpen(unit);
        if (after_ != 0 && _units[after_].process != process) revert UnitOfAnotherProcess(after_, process);
        if (_unitsOf[process].length >= MAX_UNITS) revert TooManyUnits(process, MAX_UNITS);
        _status[process] = status.withKind(Kind.Divided);
        _status[unit] = StatusWord.create(Kind.Unit, OPENING);
        _units[unit] = Unit(process, after_, _now(), uint64(block.number));
        _unitsOf[process].push(unit);
        emit UnitOpened(process, unit, after_);
    }

    /// @notice Closes a stage of the current round for good. Caller: REGISTRAR.
    /// @param key The process or the unit.
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
        (bytes32 processKey, Status status, Status process) = _movable(key);
        _requireNext(key, status, stage);
        (uint64 treeSize, uint64 anchorTime) = _anchorHead(anchorIndex);
        uint32 round = status.round(stage);
        if (stage == TENDER || stage == BIDS) {
            uint64 due = _tenders[processKey].bidsDue;
            if (block.timestamp < due) revert BidsNotDue(due, _now());
            if (stage == BIDS) {
                _requireFirstAnchorAfter(anchorIndex, anchorTime, due);
                status = status.withBidsBlock(block.number);
            }
        }
        if (stage == OPENING) _requireMayOpen(key, processKey, status, process);
        if (stage == AWARD) _requireStandstillOver(key, round);
        _freeze(key, stage, round, root, count, anchorIndex, treeSize);
        _status[key] = status.withNextStage(stage + 1);
        emit StageClosed(key, stage, round);
    }

    /// @notice Announces the intended award and starts the standstill; once a round. Caller: REGISTRAR.
    /// @param commitment Commitment of the announcement's record.
    /// @param standstillEnds Not before now + the tender's standstill, nor after LATEST_TIME.
    function announceAward(bytes32 key, bytes32 commitment, uint64 standstillEnds) external onlyRole(REGISTRAR) {
        (bytes32 processKey, Status status,) = _movable(key);
        if (commitment == 0) revert ZeroHash();
        if (status.nextStage() < AWARD) revert EvaluationNotClosed(key);
        if (status.nextStage() > AWARD) revert StageAlreadyClosed(key, AWARD);
        uint32 round = status.round(AWARD);
        if (_awards[key][round].time != 0) revert AwardAlreadyAnnounced(key, round);
        uint64 earliest = _now() + _tenders[processKey].standstill;
        if (standstillEnds < earliest) revert StandstillTooShort(earliest, standstillEnds);
        _requireNotTooFar(standstillEnds);
        _awards[key][round] = Award(commitment, standstillEnds, _now(), uint64(block.number));
        emit AwardAnnounced(key, round, commitment, standstillEnds);
    }

    /// @notice Begins a new round of a closed stage and of all after it; the earlier rounds stay readable. Caller:
    /// REVIEWER, from `opening` on (a bid wrongly excluded) and also while on hold, being its own decision; REGISTRAR for
    /// `award` only, while the contract is not closed: default of the winner. Bids are never reopened: that is a new tender.
    /// @param stage A closed stage.
    /// @param commitment Commitment of the decision.
    function reopen(bytes32 key, uint8 stage, bytes32 commitment) external {
        bool byReviewer = _registrarOrReviewer();
        (, Status status,) = byReviewer ? _active(key) : _movable(key);
        if (commitment == 0) revert ZeroHash();
        if (stage >= STAGES) revert UnknownStage(stage);
        if (stage >= status.nextStage()) revert StageNotClosed(key, stage);
        bool allowed = byReviewer ? stage >= OPENING : stage == AWARD && status.nextStage() == CONTRACT;
        if (!allowed) revert NotReopenable(key, stage);
        // No stage has had more rounds than the last one: while that one's lane has room, none runs over into the next.
        if (status.round(STAGES - 1) == type(uint16).max) revert TooManyRounds(key);
        status = status.reopened(stage);
        _status[key] = status;
        uint32 round = status.round(stage);
        _reopenings[key][stage][round] = Reopening(commitment, _now(), uint64(block.number), byReviewer);
        emit StageReopened(key, stage, round, commitment);
    }

    /// @notice Ends a process (with its units) or one unit before its time and freezes the stage it stood in, against the
    /// last anchor: nothing closes after it, and what had been filed stays provable. Caller: REGISTRAR.
    /// @param stage The next stage to close, before or after bids are due.
    /// @dev A `bids` stage frozen so is not a closed one: members must see `cancellationOf(key).time == 0` before they
    /// release a share.
    function cancel(bytes32 key, uint8 stage, bytes32 root, uint64 count, bytes32 commitment)
        external
        onlyRole(REGISTRAR)
    {
        (, Status status,) = _movable(key);
        if (commitment == 0) revert ZeroHash();
        // A divided process stands before its opening, which its units have instead of it.
        if (status.isA(Kind.Divided)) status = status.withKind(Kind.Process);
        _requireNext(key, status, stage);
        uint256 anchorIndex = _latestAnchorIndex();
        (uint64 treeSize,) = _anchorHead(anchorIndex);
        _freeze(key, stage, status.round(stage), root, count, anchorIndex, treeSize);
        _cancellations[key] = Cancellation(commitment, stage, _now(), uint64(block.number));
        _status[key] = _status[key].withCancelled();
        emit ProcessCancelled(key, stage, root, count, commitment);
    }

    /// @notice A unit as opened; all zero when it was not.
    function unitOf(bytes32 unit) external view returns (Unit memory) {
        return _units[unit];
    }

    /// @notice How many units a process has.
    function unitCount(bytes32 process) external view returns (uint256) {
        return _unitsOf[process].length;
    }

    /// @notice Unit number `index` of a process, from 0, in the order of their opening.
    function unitAt(bytes32 process, uint256 index) external view returns (bytes32) {
        uint256 count = _unitsOf[process].length;
        if (index >= count) revert UnknownVersion(index, count);
        return _unitsOf[process][index];
    }

    /// @notice A stage as closed in its current round; all zero while it is open.
    function stageOf(bytes32 key, uint8 stage) external view returns (StageRecord memory) {
        return _record(key, stage, _status[key].round(stage));
    }

    /// @notice A stage as closed in a given round; all zero when it was not.
    function stageAt(bytes32 key, uint8 stage, uint32 round) external view returns (StageRecord memory) {
        return _record(key, stage, round);
    }

    /// @notice The current round of a stage, from 0.
    function roundOf(bytes32 key, uint8 stage) external view returns (uint32) {
        return _status[key].round(stage);
    }

    /// @notice The decision by which a round of a stage began; all zero for round 0, and for the later stages of a
    /// reopening, which name the stage that was reopened.
    function reopeningAt(bytes32 key, uint8 stage, uint32 round) external view returns (Reopening memory) {
        return _reopenings[key][stage][round];
    }

    /// @notice The award announced in the current round; all zero while there is none.
    function awardOf(bytes32 key) external view returns (Award memory) {
        return _awards[key][_status[key].round(AWARD)];
    }

    /// @notice The award announced in a given round; all zero when there was none.
    function awardAt(bytes32 key, uint32 round) external view returns (Award memory) {
        return _awards[key][round];
    }

    /// @notice How the process or unit was cancelled; all zero when it was not. A unit of a cancelled process is ended too.
    function cancellationOf(bytes32 key) external view returns (Cancellation memory) {
        return _cancellations[key];
    }

    function _requireMayOpen(bytes32 key, bytes32 processKey, Status status, Status process)
        private
        view
    {
        if (status.isA(Kind.Unit)) {
            if (process.nextStage() <= BIDS) revert BidsNotClosed(processKey);
            bytes32 before = _units[key].after_;
            if (before != 0 && _status[before].nextStage() <= EVALUATION) revert UnitNotEvaluated(before);
        }
        if (block.number <= process.bidsBlock()) revert OpeningInBlockOfBids(process.bidsBlock());
    }

    function _requireFirstAnchorAfter(uint256 anchorIndex, uint64 time, uint64 bidsDue) private view {
        bool first = time >= bidsDue;
        if (first && anchorIndex > 0) {
            (, uint64 before) = _anchorHead(anchorIndex - 1);
            first = before < bidsDue;
        }
        if (!first) revert NotFirstAnchorAfterDue(anchorIndex, bidsDue);
    }

    function _requireStandstillOver(bytes32 key, uint32 round) private view {
        Award storage award = _awards[key][round];
        (uint64 ends, uint64 time) = (award.standstillEnds, award.time);
        if (time == 0) revert AwardNotAnnounced(key, round);
        if (block.timestamp < ends) revert StandstillNotOver(ends, _now());
    }
}

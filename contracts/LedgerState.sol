// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RegistryLog} from "./RegistryLog.sol";
import {Rfc9162} from "./lib/Rfc9162.sol";

/// @title Where each process and each of its units stands
/// @notice One slot a key says everything that a stage's closing must ask; the guards that all acts share are here.
abstract contract LedgerState is RegistryLog {
    uint8 internal constant TENDER = 1;
    uint8 internal constant BIDS = 2;
    uint8 internal constant OPENING = 3;
    uint8 internal constant EVALUATION = 4;
    uint8 internal constant AWARD = 5;
    uint8 internal constant CONTRACT = 6;
    uint8 internal constant STAGES = 8;

    enum Kind {
        None,
        Process,
        /// @dev A process that has units: it cannot itself open or be awarded.
        Divided,
        Unit
    }

    enum Holder {
        Nobody,
        Registrar,
        Reviewer
    }

    /// @dev 240 bits: one slot, read and written once by `closeStage`. `nextStage` is the stage that may close next,
    /// STAGES when all are closed. `bidsBlock` is the block in which a process's `bids` closed. `rounds` packs the
    /// rounds of the stages from `opening` on, 24 bits each; the earlier ones have one round only.
    struct Status {
        Kind kind;
        uint8 nextStage;
        bool cancelled;
        Holder holder;
        uint40 heldSince;
        uint40 bidsBlock;
        uint120 rounds;
    }

    mapping(bytes32 key => Status) internal _status;
    mapping(bytes32 process => Tender) internal _tenders;
    mapping(bytes32 process => DueTime[]) internal _dueTimes;
    mapping(bytes32 unit => Unit) internal _units;
    mapping(bytes32 process => bytes32[]) internal _unitsOf;
    mapping(bytes32 key => mapping(uint8 stage => mapping(uint32 round => StageRecord))) internal _stages;
    mapping(bytes32 key => mapping(uint32 round => Award)) internal _awards;

    /// @dev The state of a key that exists and is neither cancelled nor of a cancelled process. For a unit, `process`
    /// is the process's state; for a process both are the same.
    function _active(bytes32 key)
        internal
        view
        returns (bytes32 processKey, Status memory status, Status memory process)
    {
        status = _status[key];
        if (status.kind == Kind.None) revert UnknownTender(key);
        if (status.cancelled) revert AlreadyCancelled(key);
        (processKey, process) = (key, status);
        if (status.kind == Kind.Unit) {
            processKey = _units[key].process;
            process = _status[processKey];
            if (process.cancelled) revert AlreadyCancelled(processKey);
        }
    }

    /// @dev The same, and not on hold: a hold on a process covers its units.
    function _movable(bytes32 key)
        internal
        view
        returns (bytes32 processKey, Status memory status, Status memory process)
    {
        (processKey, status, process) = _active(key);
        if (status.holder != Holder.Nobody) revert OnHold(key);
        if (process.holder != Holder.Nobody) revert OnHold(processKey);
    }

    /// @dev A process that is not cancelled. Units have no bids of their own.
    function _activeProcess(bytes32 process) internal view returns (Status memory status) {
        status = _status[process];
        if (status.kind != Kind.Process && status.kind != Kind.Divided) revert UnknownTender(process);
        if (status.cancelled) revert AlreadyCancelled(process);
    }

    function _round(Status memory status, uint8 stage) internal pure returns (uint32) {
        if (stage < OPENING || stage >= STAGES) return 0;
        return uint24(status.rounds >> (24 * (stage - OPENING)));
    }

    /// @dev The record of a stage that closes or is cancelled now.
    function _freeze(
        bytes32 key,
        uint8 stage,
        uint32 round,
        bytes32 root,
        uint64 count,
        uint256 anchorIndex,
        uint64 treeSize
    ) internal {
        if (count > treeSize) revert CountAboveAnchor(count, treeSize);
        if ((count == 0) != (root == Rfc9162.EMPTY_ROOT)) revert EmptyRootMismatch(count, root);
        if (root == 0) revert ZeroHash();
        _stages[key][stage][round] =
            StageRecord(root, count, uint64(anchorIndex), _now(), uint64(block.number));
    }

    function _requireNext(bytes32 key, Status memory status, uint8 stage) internal pure {
        if (stage >= STAGES) revert UnknownStage(stage);
        if (status.kind == Kind.Unit && stage < OPENING) revert StageOfProcess(key, stage);
        if (status.kind == Kind.Divided && stage >= OPENING) revert ProcessHasUnits(key);
        if (stage < status.nextStage) revert StageAlreadyClosed(key, stage);
        if (stage > status.nextStage) revert StageOutOfOrder(status.nextStage, stage);
    }

    function _now() internal view returns (uint64) {
        return uint64(block.timestamp);
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RegistryLog} from "./RegistryLog.sol";
import {Holder, Kind, Status} from "./lib/Status.sol";
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
    /// @notice The latest due time or end of a standstill that an act may set, 34,000 years from now. A hold adds the time
    /// held to it: were it near 2^64, that sum would run over, and a hold of the process could never be released.
    uint64 public constant LATEST_TIME = type(uint40).max;

    /// @dev A StageRecord in two slots written once each. `numbers` has, from the lowest bit up and 64 bits each, count,
    /// anchorIndex, time and blockNumber.
    struct Frozen {
        bytes32 rootHash;
        uint256 numbers;
    }

    mapping(bytes32 key => Status) internal _status;
    mapping(bytes32 process => Tender) internal _tenders;
    mapping(bytes32 process => DueTime[]) internal _dueTimes;
    mapping(bytes32 unit => Unit) internal _units;
    mapping(bytes32 process => bytes32[]) internal _unitsOf;
    /// @dev By key, then by stage and round in one number (`_frozen`).
    mapping(bytes32 key => mapping(uint256 stageAndRound => Frozen)) private _stages;
    mapping(bytes32 key => mapping(uint32 round => Award)) internal _awards;

    /// @dev The state of a key that exists and is neither cancelled nor of a cancelled process. For a unit, `process`
    /// is the process's state; for a process both are the same.
    function _active(bytes32 key)
        internal
        view
        returns (bytes32 processKey, Status status, Status process)
    {
        status = _status[key];
        if (status.isA(Kind.None)) revert UnknownTender(key);
        if (status.cancelled()) revert AlreadyCancelled(key);
        (processKey, process) = (key, status);
        if (status.isA(Kind.Unit)) {
            processKey = _units[key].process;
            process = _status[processKey];
            if (process.cancelled()) revert AlreadyCancelled(processKey);
        }
    }

    /// @dev The same, and not on hold: a hold on a process covers its units.
    function _movable(bytes32 key)
        internal
        view
        returns (bytes32 processKey, Status status, Status process)
    {
        (processKey, status, process) = _active(key);
        if (!status.heldBy(Holder.Nobody)) revert OnHold(key);
        if (!process.heldBy(Holder.Nobody)) revert OnHold(processKey);
    }

    /// @dev A process that is not cancelled. Units have no bids of their own.
    function _activeProcess(bytes32 process) internal view returns (Status status) {
        status = _status[process];
        if (!status.isA(Kind.Process) && !status.isA(Kind.Divided)) revert UnknownTender(process);
        if (status.cancelled()) revert AlreadyCancelled(process);
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
        Frozen storage frozen = _frozen(key, stage, round);
        frozen.rootHash = root;
        // An anchor of this index exists, so it has far less than 64 bits.
        frozen.numbers = count | anchorIndex << 64 | block.timestamp << 128 | block.number << 192;
    }

    function _frozen(bytes32 key, uint8 stage, uint32 round) private view returns (Frozen storage) {
        return _stages[key][uint256(round) << 8 | stage];
    }

    function _record(bytes32 key, uint8 stage, uint32 round) internal view returns (StageRecord memory) {
        Frozen storage frozen = _frozen(key, stage, round);
        uint256 n = frozen.numbers;
        return StageRecord(frozen.rootHash, uint64(n), uint64(n >> 64), uint64(n >> 128), uint64(n >> 192));
    }

    function _requireNext(bytes32 key, Status status, uint8 stage) internal pure {
        if (stage >= STAGES) revert UnknownStage(stage);
        if (status.isA(Kind.Unit) && stage < OPENING) revert StageOfProcess(key, stage);
        if (status.isA(Kind.Divided) && stage >= OPENING) revert ProcessHasUnits(key);
        if (stage < status.nextStage()) revert StageAlreadyClosed(key, stage);
        if (stage > status.nextStage()) revert StageOutOfOrder(status.nextStage(), stage);
    }

    function _requireNotTooFar(uint64 time) internal pure {
        if (time > LATEST_TIME) revert TimeTooFar(time, LATEST_TIME);
    }

    function _now() internal view returns (uint64) {
        return uint64(block.timestamp);
    }
}

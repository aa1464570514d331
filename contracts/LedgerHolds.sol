// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LedgerState} from "./LedgerState.sol";
import {Holder, Kind, Status} from "./lib/Status.sol";

/// @title Holds: nothing moves while a challenge is heard
/// @notice While a key is on hold nothing of it closes, is announced, awarded, divided or cancelled; when the hold ends,
/// the clocks that were running move by exactly the time held.
abstract contract LedgerHolds is LedgerState {
    mapping(bytes32 key => Hold[]) private _holds;

    /// @notice Suspends a process (with all its units) or one unit. Caller: REGISTRAR, because a challenge was filed, or
    /// REVIEWER.
    /// @param key The process or the unit.
    /// @param commitment Commitment of the record that gives the reason.
    /// @dev The REVIEWER may take over a hold of the REGISTRAR's: it goes on from when it began, and only the REVIEWER may
    /// end it.
    function hold(bytes32 key, bytes32 commitment) external {
        bool byReviewer = _registrarOrReviewer();
        if (commitment == 0) revert ZeroHash();
        (, Status status,) = _active(key);
        Holder caller = byReviewer ? Holder.Reviewer : Holder.Registrar;
        if (!status.heldBy(Holder.Nobody)) {
            if (!byReviewer || status.heldBy(Holder.Reviewer)) revert OnHold(key);
            _holds[key][_holds[key].length - 1].releasedAt = _now();
            _holds[key][_holds[key].length - 1].release = commitment;
            _status[key] = status.withHold(caller, status.heldSince(), status.dueStoppedAt());
        } else {
            bool beforeDue = !status.isA(Kind.Unit) && block.timestamp < _tenders[key].bidsDue;
            _status[key] = status.withHold(caller, block.timestamp, beforeDue ? block.timestamp : 0);
        }
        _holds[key].push(Hold(commitment, 0, _now(), 0, byReviewer));
        emit HeldUp(key, commitment, byReviewer);
    }

    /// @notice Ends a hold and moves the clocks that were running by the time held. Caller: REVIEWER; REGISTRAR only for
    /// a hold of its own.
    /// @param commitment Commitment of the record that ends the suspension.
    function release(bytes32 key, bytes32 commitment) external {
        bool byReviewer = _registrarOrReviewer();
        if (commitment == 0) revert ZeroHash();
        (bytes32 processKey, Status status, Status process) = _active(key);
        if (status.heldBy(Holder.Nobody)) revert NotOnHold(key);
        if (status.heldBy(Holder.Reviewer) && !byReviewer) revert ReviewersHold(key);
        Hold storage last = _holds[key][_holds[key].length - 1];
        (last.releasedAt, last.release) = (_now(), commitment);
        _status[key] = status.withHold(Holder.Nobody, 0, 0);
        emit Released(key, commitment, status.heldSince());
        if (status.isA(Kind.Unit)) {
            // What the process's own hold covers too is moved when that one ends, and not twice.
            uint64 end = process.heldBy(Holder.Nobody) ? _now() : process.heldSince();
            if (end > status.heldSince()) _moveStandstill(key, status, status.heldSince(), end);
            return;
        }
        _moveDue(processKey, status.dueStoppedAt(), commitment);
        _moveStandstill(key, status, status.heldSince(), _now());
        bytes32[] storage units = _unitsOf[key];
        for (uint256 i = 0; i < units.length; i++) _releaseUnit(units[i], status.heldSince());
    }

    /// @notice How many holds there were of a process or unit; the last one may last.
    function holdCount(bytes32 key) external view returns (uint256) {
        return _holds[key].length;
    }

    /// @notice Hold number `index` of a process or unit, from 0.
    function holdAt(bytes32 key, uint256 index) external view returns (Hold memory) {
        uint256 count = _holds[key].length;
        if (index >= count) revert UnknownVersion(index, count);
        return _holds[key][index];
    }

    /// @dev A unit that is on hold itself stays so, from the earlier of the two beginnings.
    function _releaseUnit(bytes32 unit, uint64 since) private {
        Status status = _status[unit];
        if (status.cancelled()) return;
        if (status.heldBy(Holder.Nobody)) _moveStandstill(unit, status, since, _now());
        else if (since < status.heldSince()) _status[unit] = status.withHeldSince(since);
    }

    /// @dev The due time moves by as long as its clock stood still. That the clock of a running due time stops when the hold
    /// begins, whatever is done during it, keeps a REGISTRAR from undoing the suspension by a last short extension.
    function _moveDue(bytes32 process, uint64 stoppedAt, bytes32 commitment) private {
        if (stoppedAt == 0 || stoppedAt == _now()) return;
        Tender storage tender = _tenders[process];
        uint64 due = tender.bidsDue + _now() - stoppedAt;
        tender.bidsDue = due;
        tender.dueTimes += 1;
        _dueTimes[process].push(DueTime(due, _now(), commitment));
        emit BidsDueExtended(process, due, commitment);
    }

    /// @dev A standstill that was running at `from` ends later by `to - from`.
    function _moveStandstill(bytes32 key, Status status, uint64 from, uint64 to) private {
        if (status.nextStage() != AWARD || to == from) return;
        uint32 round = status.round(AWARD);
        Award storage award = _awards[key][round];
        if (award.time == 0 || award.standstillEnds <= from) return;
        award.standstillEnds += to - from;
        emit StandstillMoved(key, round, award.standstillEnds);
    }

    /// @dev Whether the caller is the REVIEWER; refuses whoever is neither.
    function _registrarOrReviewer() internal view returns (bool) {
        if (hasRole(REVIEWER, msg.sender)) return true;
        _checkRole(REGISTRAR);
        return false;
    }

    /// @dev Bids are due once the time has passed, unless a hold stopped the clock before.
    function _bidsAreDue(Tender storage tender, Status status) internal view returns (bool) {
        return block.timestamp >= tender.bidsDue && status.dueStoppedAt() == 0;
    }
}

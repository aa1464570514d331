// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LedgerRoles} from "./LedgerRoles.sol";
import {LedgerStages} from "./LedgerStages.sol";
import {Holder, Kind, Status, StatusWord} from "./lib/Status.sol";

/// @title The public-procurement ledger
/// @notice Fixes, for every process, what was in each stage and in which order the stages closed. It holds hashes and
/// times only. No proxy, no upgrade, no owner of its data: what is written stays. A process is known by key =
/// SHA-256(ocid). This file: publication, the due time, the committee and bids; the stages are in LedgerStages, the log
/// in RegistryLog.
contract ProcurementLedger is LedgerStages {
    bytes32[] private _processes;
    mapping(bytes32 process => Committee[]) private _committees;
    mapping(bytes32 process => mapping(bytes32 envelope => uint64)) private _bidTimes;

    constructor(address admin, address anchorer, address registrar, address reviewer)
        LedgerRoles(admin, anchorer, registrar, reviewer)
    {}

    /// @notice Publishes a tender: this call, mined, is the publication. Caller: REGISTRAR.
    /// @param process SHA-256 of the ocid.
    /// @param notice Commitment of the notice's record.
    /// @param bidsDue When bids are due, in seconds since 1970; in the future, not after LATEST_TIME.
    /// @param standstill Shortest time between announcing and awarding, in seconds.
    /// @param keyset Hash of the opening committee's key set, version 0 of `committeeAt`.
    function openTender(bytes32 process, bytes32 notice, uint64 bidsDue, uint32 standstill, bytes32 keyset)
        external
        onlyRole(REGISTRAR)
    {
        _requireInService();
        if (process == 0 || notice == 0 || keyset == 0) revert ZeroHash();
        if (!_status[process].isA(Kind.None)) revert TenderAlreadyOpen(process);
        if (bidsDue <= block.timestamp) revert DueTimeNotInFuture(bidsDue, _now());
        _requireNotTooFar(bidsDue);
        _status[process] = StatusWord.create(Kind.Process, 0);
        _processes.push(process);
        _tenders[process] = Tender(notice, bidsDue, standstill, 1, 1, _now(), uint64(block.number));
        _committees[process].push(Committee(keyset, _now(), uint64(block.number)));
        _dueTimes[process].push(DueTime(bidsDue, _now(), notice));
        emit TenderOpened(process, notice, bidsDue, standstill, keyset);
    }

    /// @notice Moves the due time later. Caller: REGISTRAR.
    /// @param newDue Later than the present one, in the future, not after LATEST_TIME.
    /// @param amendment Commitment of the record that moves it.
    /// @dev Once bids are due only while the REVIEWER holds the process, and `bids` is open: the way out when an anchor
    /// that was sent in time was mined late, without the last bids. A REGISTRAR alone could let in a late bid.
    function extendBidsDue(bytes32 process, uint64 newDue, bytes32 amendment) external onlyRole(REGISTRAR) {
        Status status = _activeProcess(process);
        Tender storage tender = _tenders[process];
        if (amendment == 0) revert ZeroHash();
        if (status.nextStage() > BIDS) revert StageAlreadyClosed(process, BIDS);
        if (!status.heldBy(Holder.Reviewer) && _bidsAreDue(tender, status)) {
            revert BidsAlreadyDue(tender.bidsDue, _now());
        }
        if (newDue <= tender.bidsDue) revert DueTimeNotLater(tender.bidsDue, newDue);
        if (newDue <= block.timestamp) revert DueTimeNotInFuture(newDue, _now());
        _requireNotTooFar(newDue);
        // A due time set during a hold does not run before its end.
        if (!status.heldBy(Holder.Nobody) && status.dueStoppedAt() == 0) {
            _status[process] = status.withDueStoppedAt(block.timestamp);
        }
        tender.bidsDue = newDue;
        tender.dueTimes += 1;
        _dueTimes[process].push(DueTime(newDue, _now(), amendment));
        emit BidsDueExtended(process, newDue, amendment);
    }

    /// @notice Names a new key set of the opening committee, before bids are due; bidders are asked to seal anew, and the
    /// earlier sets stay bound. Caller: REGISTRAR.
    function changeCommittee(bytes32 process, bytes32 keyset) external onlyRole(REGISTRAR) {
        Status status = _activeProcess(process);
        if (!status.heldBy(Holder.Nobody)) revert OnHold(process);
        Tender storage tender = _tenders[process];
        if (keyset == 0) revert ZeroHash();
        if (block.timestamp >= tender.bidsDue) revert BidsAlreadyDue(tender.bidsDue, _now());
        uint32 version = tender.committees;
        tender.committees = version + 1;
        _committees[process].push(Committee(keyset, _now(), uint64(block.number)));
        emit CommitteeChanged(process, version, keyset);
    }

    /// @notice Notes on chain, before bids are due, that an envelope with this SHA-256 exists. Caller: anyone.
    /// @dev Not a bid by itself: the envelope must also have been handed in on time. Repeating keeps the first time and
    /// succeeds, so nobody can make a bidder's transaction fail by sending the same hash ahead of it. A hold that began
    /// before the due time stops that clock, so bids are still taken.
    function commitBid(bytes32 process, bytes32 envelope) external {
        Status status = _activeProcess(process);
        Tender storage tender = _tenders[process];
        if (envelope == 0) revert ZeroHash();
        if (_bidsAreDue(tender, status)) revert BidsAlreadyDue(tender.bidsDue, _now());
        if (_bidTimes[process][envelope] != 0) return;
        _bidTimes[process][envelope] = _now();
        emit BidCommitted(process, envelope, _now());
    }

    /// @notice How many processes were ever published here.
    function processCount() external view returns (uint256) {
        return _processes.length;
    }

    /// @notice Process number `index`, from 0, in the order of publication: audit needs no events to find them all.
    function processAt(uint256 index) external view returns (bytes32) {
        uint256 count = _processes.length;
        if (index >= count) revert UnknownVersion(index, count);
        return _processes[index];
    }

    /// @notice The tender of a process; all zero when it was never opened.
    function tenderOf(bytes32 process) external view returns (Tender memory) {
        return _tenders[process];
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
}
